"""Tenants, sites, people, roles, permissions, tokens."""
