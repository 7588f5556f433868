"""Routes, orders and checks, pure."""
