"""Addresses that belong to no module: health, the API's assembly, the console's page."""
