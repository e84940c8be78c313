"""Who hears of a meeting, and in which words; importing registers the kinds of mail."""
