"""Suyuan 溯源: an open production traceability system."""

__version__ = "0.1.0"
