"""The core: event ledger, items, genealogy, trace engine, whereabouts."""
