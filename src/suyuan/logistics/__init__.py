"""Locations, stock, receipt, pick, pack, ship."""
