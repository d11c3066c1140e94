"""Marks as the library's records, sealed texts, and keys that are unlocked for a while."""
