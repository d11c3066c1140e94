"""The systems of a round, and the small models that a regulator weighs measures with."""
