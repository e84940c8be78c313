"""Who hears of what happens to a plan, and in which words; importing registers the kinds."""
