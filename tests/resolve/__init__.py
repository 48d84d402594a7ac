"""A package of its own, so that other rooms may have a test_names.py too."""
