"""Facts about strings: addresses, identifiers, names, titles, dates, LaTeX, HTML."""
