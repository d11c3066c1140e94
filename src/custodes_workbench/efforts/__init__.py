"""Proposals, explanations, revisions, screening, who stands how to them."""
