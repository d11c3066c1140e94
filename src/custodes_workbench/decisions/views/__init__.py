"""Pages of deciding and publishing."""
