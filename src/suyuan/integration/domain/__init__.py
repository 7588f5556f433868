"""Rules of integration, without I/O."""
