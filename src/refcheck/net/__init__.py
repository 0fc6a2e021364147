"""The only package that opens a connection: drives flows against the real web, politely and safely."""
