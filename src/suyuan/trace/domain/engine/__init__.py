"""The index as arrays: how a segment is laid out and built, and a ledger that reads it. No files, no SQL."""
