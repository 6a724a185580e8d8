"""Trying a query on the past: what it would have brought, what in it does the work, and what else might belong in it."""
