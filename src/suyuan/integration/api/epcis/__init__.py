"""EPCIS capture and query."""
