"""HTTP of integration."""
