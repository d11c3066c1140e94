"""Pages of marked things."""
