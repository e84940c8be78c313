"""Real services and processes for tests."""
