"""SQL of ``analytics``: read models that the ledger can make anew at any time."""
