"""Publication: what the public holds against what was published, and what each audience sees."""
