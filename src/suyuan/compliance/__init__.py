"""Audit trail, signatures, tamper-evident log, retention."""
