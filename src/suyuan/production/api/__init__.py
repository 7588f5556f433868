"""The door of production."""
