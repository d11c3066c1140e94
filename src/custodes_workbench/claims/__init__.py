"""Claims: what was said of efforts and systems, how outsiders assess it, what is replied."""
