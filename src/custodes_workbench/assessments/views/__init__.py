"""Pages of computing."""
