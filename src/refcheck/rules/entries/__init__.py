"""RC6xx: what an entry says."""
