"""What may be said in public, worked out without a database."""
