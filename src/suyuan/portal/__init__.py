"""Trace desk, partner view, consumer pages."""
