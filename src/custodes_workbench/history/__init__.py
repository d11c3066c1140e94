"""The append-only, hash-chained history: who did what, when, and why."""
