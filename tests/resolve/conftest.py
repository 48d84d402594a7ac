"""Resolving loads tables on its first call: no example is failed for taking long."""

from hypothesis import settings

settings.register_profile("kg", deadline=None)
settings.load_profile("kg")
