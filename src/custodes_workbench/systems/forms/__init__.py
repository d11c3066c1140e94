"""Forms of scenarios and systems."""
