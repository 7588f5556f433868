"""Cases, scope, notices, reconciliation, drills."""
