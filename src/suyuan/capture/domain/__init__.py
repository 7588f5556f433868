"""Rules of capture: no framework, no I/O."""
