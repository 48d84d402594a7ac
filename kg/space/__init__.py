"""A built graph on disk: a directory that grows, and that a kill at any moment leaves usable.

`records.sqlite` is the truth: the documents, what was extracted from each, the entities resolved from them all, and
what they say. `judgements.jsonl` holds what a person decided. `graph/` holds the RDF store derived from the records, in
a directory named by their generation; where there is none it is derived again. `rejected.jsonl` lists what the last run
set aside. A change costs what it touches, and ends where a build of the same documents and judgements would end.
"""

from kg.space.changes import Changes
from kg.space.growth import Request
from kg.space.records import FORMAT
from kg.space.shelf import GIVEN
from kg.space.space import Space

__all__ = ["FORMAT", "GIVEN", "Changes", "Request", "Space"]
