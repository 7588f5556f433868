"""SQL of ``portal``."""
