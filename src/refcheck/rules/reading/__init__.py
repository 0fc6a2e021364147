"""RC0xx: how well the document could be read."""
