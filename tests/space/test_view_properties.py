"""Whatever a text is and whatever lies over what in it: pieces are the text."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kg
from kg.evidence import joined
from kg.model import Document, Extraction, Mention, Modality, Relation
from kg.space import Space, view
from kg.space.view import View

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
ALPHABET = st.sampled_from([*"aB. \n<>&'\"\x00\u202e\u2028\ufeffé", "e\u0301", "👩‍🚀", "🇺🇦", "</script>", ".” "])
TEXTS = st.lists(ALPHABET, min_size=4, max_size=50).map("".join)
STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=2, max_size=7)


def extraction(document: Document, stretches: list[tuple[int, int]]) -> Extraction:
    """Return mentions over those stretches, however they lie, and a relation from each to the next."""
    size = len(document.text)
    places = dict.fromkeys((start % size, min(size, start % size + length)) for start, length in stretches)
    mentions = tuple(
        Mention(document=document.id, start=start, end=end, text=document.text[start:end], type="Person", cluster=at)
        for at, (start, end) in enumerate(places)
    )
    relations = tuple(
        Relation(
            subject=one.id,
            predicate="spouseOf",
            object=other.id,
            start=min(one.start, other.start),
            end=max(one.end, other.end),
            modality=list(Modality)[at % 6],
            source="a",
        )
        for at, (one, other) in enumerate(zip(mentions, mentions[1:], strict=False))
    )
    return Extraction(document=document.id, content=document.content, mentions=mentions, relations=relations)


@settings(max_examples=20, deadline=None, phases=[phase for phase in Phase if phase is not Phase.shrink])
@given(TEXTS, STRETCHES)
def test_pieces_of_a_document_and_of_its_claims_are_its_text(text: str, stretches: list[tuple[int, int]]) -> None:
    document = Document(id="a <b>\u202e", text=text, title=text, source=text)
    with TemporaryDirectory(dir=MEMORY) as folder:
        with Space.create(f"{folder}/space") as space:
            kg.add([document, extraction(document, stretches)], space)
            names = [entity.name for entity in space.entities()]
        seen = View.open(f"{folder}/space")
        found = view.document(seen.records, seen.schema, document.id)
        assert joined(found.pieces) == text
        for claim in found.statements:
            (told,) = view.why_statement(seen.records, seen.schema, claim.id).claims
            quote = joined(piece for piece in told.sentence if piece.quote)
            assert quote == text[claim.start : claim.end]
            assert joined(told.sentence) in text
        for name in names:
            for one in view.search(seen.records, seen.schema, name).results:
                assert joined(one.context) in text
                assert view.page(seen.records, seen.schema, one.id).name == one.name
        seen.close()
