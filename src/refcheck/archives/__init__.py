"""Archives: ask for the copies of an address, and choose one that really holds the page."""
