"""Benchmarks of the trace index."""
