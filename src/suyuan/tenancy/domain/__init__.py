"""Rules of proving who one is, without a database."""
