"""What ``script/server`` and ``script/test`` do; standard library only until the venv exists."""
