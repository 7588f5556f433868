"""Web of ``designer``."""
