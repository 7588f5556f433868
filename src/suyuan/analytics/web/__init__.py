"""Web of ``analytics``."""
