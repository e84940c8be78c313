"""The plan as files to take away: one tree of blocks for all that is read, records for the rest.

What is drawn comes from a whole (``whole.collect`` with the data of its ``tables``) and nothing
else: the same for a draft and for what an edition keeps.
"""
