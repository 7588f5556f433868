"""Web of ``trace``."""
