"""Trouble of every kind during mixed load, and the count of what was promised: ``make chaos``."""
