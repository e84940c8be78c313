"""What a person at the terminal can do something about."""


class Refusal(Exception):
    """One clear sentence, shown without a traceback."""
