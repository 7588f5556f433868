"""SQL of ``tenancy``: what happens before a tenant is known, and what is asked on every request."""
