"""The project's own build and check tools."""
