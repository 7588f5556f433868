"""Settings, database, transactions, outbox, jobs, API plumbing."""
