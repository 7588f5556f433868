"""The rules of codes: pure functions and tables, no I/O."""
