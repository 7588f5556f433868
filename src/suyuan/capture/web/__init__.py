"""Capture over HTTP."""
