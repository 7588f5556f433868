"""Web of ``tenancy``: signing in, people, roles, tokens, sites."""
