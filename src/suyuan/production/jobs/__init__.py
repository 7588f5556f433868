"""What the worker does for production by the clock."""
