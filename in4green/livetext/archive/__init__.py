"""What is kept of a text: its log, snapshots, versions, and the proof that they agree."""
