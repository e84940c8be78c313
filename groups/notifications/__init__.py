"""Who hears of it, in which words. Each file registers its kinds of letter."""

from groups.notifications import accounts, duties, interest  # noqa: F401
