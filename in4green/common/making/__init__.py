"""Files that a worker makes: a row that somebody asked for is the queue, and says how far it is."""
