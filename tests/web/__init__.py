"""A package of its own, so that other rooms may have files of the same names."""
