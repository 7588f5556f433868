"""Definitions that users make without code: drafts, versions, comparisons, packs."""
