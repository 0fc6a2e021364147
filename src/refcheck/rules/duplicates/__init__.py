"""RC3xx: references that stand more than once."""
