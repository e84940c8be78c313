"""Word and OpenDocument files become text: uploaded, read by a worker, looked at, taken."""
