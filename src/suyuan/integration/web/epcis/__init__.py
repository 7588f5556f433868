"""The EPCIS 2.0 REST binding under /epcis/v2, and the console's capture jobs under /api/v1."""
