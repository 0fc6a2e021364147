"""refcheck: a bibliography whose links work, whose references are there once, as clean BibTeX."""

__version__ = "0.1.0"
