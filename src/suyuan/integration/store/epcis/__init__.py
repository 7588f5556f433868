"""Capture jobs in the database."""
