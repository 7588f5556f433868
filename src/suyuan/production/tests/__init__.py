"""Tests of production."""
