"""Duplicates: which references of a bibliography are one work, which of them stays, and what merging changes."""
