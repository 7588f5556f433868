"""Web of ``coding``."""
