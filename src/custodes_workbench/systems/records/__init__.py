"""What pages show of scenarios and systems, made from the library's records."""
