"""Settings: what every place shares, and what each place changes."""
