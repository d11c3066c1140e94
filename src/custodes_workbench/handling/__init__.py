"""Marked findings: who may read them, why not all, until when, and who has read them."""
