"""Pages of scenarios and systems."""
