"""What people propose who may not write: a fork of the text, decided block by block."""
