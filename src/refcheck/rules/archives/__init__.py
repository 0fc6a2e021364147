"""RC4xx: archived copies."""
