"""EPCIS 2.0 in JSON-LD: reading, checking, mapping to the ledger, querying and rendering."""
