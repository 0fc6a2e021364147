"""Reference strings, as people type them: split a list into references, take a reference apart."""
