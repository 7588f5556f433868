"""Web of ``compliance``."""
