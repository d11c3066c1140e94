"""Choices, decisions, conditions, dissent."""
