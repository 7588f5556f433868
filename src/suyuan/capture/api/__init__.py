"""The door of ``capture``."""
