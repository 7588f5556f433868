"""What crosses the door of production."""
