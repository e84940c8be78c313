"""German as Django writes it, with the time told as one reads it aloud."""

DATETIME_FORMAT = r"j. F Y, H:i \U\h\r"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
