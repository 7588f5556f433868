"""SQL of the ledger. The application may insert and read; a trigger and missing privileges refuse everything else."""
