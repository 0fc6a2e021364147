"""Lossless BibTeX: documents as blocks with places, span edits, and writing entries anew."""
