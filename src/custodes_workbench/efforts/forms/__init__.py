"""Forms of efforts."""
