"""Wiring, ASGI, worker, command line: the only place that knows everything."""
