"""Definitions, versions, fields, expressions, flows, packs."""
