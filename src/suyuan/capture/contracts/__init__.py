"""What crosses the door of ``capture``."""
