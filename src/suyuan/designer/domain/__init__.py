"""Comparing and merging bodies of definitions: pure."""
