"""Tables of integration."""
