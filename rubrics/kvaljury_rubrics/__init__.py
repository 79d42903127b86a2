"""The editions' rules as data: one folder an edition."""
