"""Runs, results, what to ask next."""
