"""The shared document: read, written and replaced. Only here is the CRDT library known."""
