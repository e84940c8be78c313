"""What is written elsewhere comes into a plan: a document as sections, a table as actions."""
