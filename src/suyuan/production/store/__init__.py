"""Rows of production."""
