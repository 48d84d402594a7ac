"""A space as pages to look at and an endpoint to ask."""
