"""Rows that several people change at once, and forms that lose nobody's change."""
