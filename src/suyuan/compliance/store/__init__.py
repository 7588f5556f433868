"""SQL of ``compliance``."""
