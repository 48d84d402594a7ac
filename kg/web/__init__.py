"""The explorer: a space as pages, files and pictures to look at."""
