"""Rules about identifiers: DOI, arXiv, ISBN, ISSN."""
