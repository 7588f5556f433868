"""Work of integration that the worker does."""
