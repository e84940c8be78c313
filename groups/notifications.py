"""Who hears of it, in which words."""
