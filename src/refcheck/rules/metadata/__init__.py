"""Rules about what metadata sources say of a work."""
