"""Users, institutions, roles in an institution, expertise, declared interests."""
