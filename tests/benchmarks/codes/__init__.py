"""Benchmarks of codes: parts that measure one thing each."""
