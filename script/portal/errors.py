"""What a person at the terminal can do something about."""


class Refusal(Exception):  # noqa: N818 (nothing is broken, a person has to act)
    """One clear sentence, shown without a traceback."""
