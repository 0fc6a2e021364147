"""Metadata sources: each is asked for records of a work, which are compared with the reference and judged."""
