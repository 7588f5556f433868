"""Tables of capture."""
