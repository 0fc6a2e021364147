"""Renderers: a report as text, one file for each format, without logic of their own."""
