"""Tests of EPCIS capture and query."""
