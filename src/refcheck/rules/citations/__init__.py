"""RC7xx: the marks in the text that name references."""
