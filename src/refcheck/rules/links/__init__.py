"""RC1xx: what became of the addresses."""
