"""What the worker does for ``capture``."""
