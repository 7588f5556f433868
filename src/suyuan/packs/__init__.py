"""Industry and regulation packs."""
