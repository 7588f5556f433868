"""Production over HTTP."""
