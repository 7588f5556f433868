"""What the worker does for ``coding``."""
