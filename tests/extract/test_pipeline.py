from collections.abc import Iterator
from datetime import date
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from joints import Said, at, encoded
from parsed import extraction, parse
from spacy.tokens import Doc

from kg.errors import StageError
from kg.extract import pipeline
from kg.extract.pipeline import LEAST_SCORE, LONGEST, Encoder, Names, extract, joined, paragraphs, read
from kg.extract.tagger import Name
from kg.model import Document, Extraction, Kind

NLP = spacy.blank("en")
STORY = """
actress    NN   2  compound
Anna_Vale  NNP  3  nsubj     Person
boarded    VBD  0  root      board
the        DT   6  det
Russian    JJ   6  amod
Gannet     NNP  3  obj       Vehicle
.          .    3  punct

She        PRP  2  nsubj
slept      VBD  0  root      sleep
.          .    2  punct
"""


def story() -> Extraction:
    """Return what is read from the story where the joint model takes "She" for a mention of Anna Vale."""
    doc = parse(STORY)
    spans = [(at(doc.text, "She"), "Person", 0.9)]
    doc.user_data["kg.model"] = (
        Said(["kg:aboard"], links={("She", "Anna Vale"): 7.0}),
        encoded(doc.text, spans=spans),
    )
    return read(doc, Document(id="d", text=doc.text))


class Tagged:
    """Finds the names that it was told, in the mention model's place."""

    def __init__(self, *names: tuple[str, str, float]) -> None:
        self.names = names

    def __call__(self, text: str) -> list[Name]:
        places = [(text.index(name), name, type, score) for name, type, score in self.names]
        return [Name(start, start + len(name), type, score) for start, name, type, score in sorted(places)]


def names(text: str, *found: tuple[str, str, float]) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in Names(Tagged(*found))(NLP(text)).ents]


def joins(text: str, *found: tuple[str, str, float]) -> list[tuple[str, str, float]]:
    return [(text[name.start : name.end], name.type, name.score) for name in joined(text, Tagged(*found)(text))]


def test_a_number_joins_the_class_before_it() -> None:
    found = joins("Gannet MS-19 sailed", ("Gannet", "Vehicle", 0.9), ("MS-19", "Vehicle", 0.7))
    assert found == [("Gannet MS-19", "Vehicle", 0.7)]


@pytest.mark.parametrize(
    "number",
    [
        "MS-19",
        "A7",
        "11",
        "737-800",
        "-3",
    ],
)
def test_numbers_of_many_forms_join(number: str) -> None:
    found = joins(f"Gannet {number} sailed", ("Gannet", "Vehicle", 0.9), (number, "Vehicle", 0.9))
    assert found == [(f"Gannet {number}", "Vehicle", 0.9)]


def test_a_word_does_not_join_the_class_before_it() -> None:
    assert len(joins("Gannet Tern sailed", ("Gannet", "Vehicle", 0.9), ("Tern", "Vehicle", 0.9))) == 2


def test_a_number_on_the_next_line_does_not_join() -> None:
    assert len(joins("Gannet\nMS-19 sailed", ("Gannet", "Vehicle", 0.9), ("MS-19", "Vehicle", 0.9))) == 2


def test_a_number_does_not_join_a_name_of_another_type() -> None:
    assert len(joins("Gannet MS-19 sailed", ("Gannet", "Place", 0.9), ("MS-19", "Vehicle", 0.9))) == 2


def test_a_name_that_is_hardly_one_is_dropped() -> None:
    assert joins("Gannet sailed", ("Gannet", "Vehicle", LEAST_SCORE / 2)) == []


@pytest.mark.parametrize("word", ["Russian", "Americans", "British"])
def test_a_demonym_is_no_name(word: str) -> None:
    assert joins(f"the {word} ships", (word, "Place", 0.9)) == []


@pytest.mark.parametrize("word", ["Russia", "US", "U.S."])
def test_a_country_is_a_name(word: str) -> None:
    assert [name for name, *_ in joins(f"in {word} there", (word, "Place", 0.9))] == [word]


@pytest.mark.parametrize(
    "text", ["www.merrow.org", "https://merrow.example/a", "anna@merrow.example", "merrow_lines.doc"]
)
def test_a_name_in_an_address_is_none(text: str) -> None:
    assert joins(f"see {text} there", ("merrow", "Place", 0.9)) == []


def test_names_are_set_as_entities() -> None:
    assert names("Anna Vale boarded", ("Anna Vale", "Person", 0.9)) == [("Anna Vale", "Person")]


def test_the_scores_of_names_are_kept() -> None:
    doc = Names(Tagged(("Anna Vale", "Person", 0.75)))(NLP("Anna Vale boarded"))
    assert doc.user_data["kg.scores"] == {(0, 2): 0.75}


def test_a_designation_is_a_vehicle_with_its_subtype() -> None:
    (ent,) = Names(Tagged())(NLP("They saw HMS Daring there.")).ents
    assert (ent.text, ent.label_, ent.id_) == ("HMS Daring", "Vehicle", "Ship")


def test_the_longer_of_a_name_and_a_designation_stays() -> None:
    assert names("They saw HMS Daring there.", ("Daring", "Person", 0.9)) == [("HMS Daring", "Vehicle")]


def test_a_name_within_a_token_takes_the_whole_token() -> None:
    assert names("an Anna/Ben-like case", ("Be", "Person", 0.9))[0][1] == "Person"


def test_a_text_without_names_has_no_entities() -> None:
    assert names("nothing here") == []


def starts(text: str) -> list[str]:
    doc = paragraphs(NLP(text))
    return [token.text for token in doc if token.is_sent_start and token.i]


def barred(text: str) -> list[str]:
    # spaCy does not tell "no sentence starts here" from "not known" in is_sent_start, but sent_start does.
    values = paragraphs(NLP(text)).to_array("SENT_START").astype("int64").tolist()
    return [token.text for token, value in zip(NLP(text), values, strict=True) if value == -1]


def test_a_blank_line_begins_a_sentence() -> None:
    assert starts("A heading\n\nThe text") == ["The"]


def test_a_line_break_alone_begins_none() -> None:
    assert starts("The text\ngoes on") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("OSLO, 5 June 2024 \u2013 Norden Air left", ["Norden"]),
        ("A heading\nOSLO (Agency) - Norden Air left", ["Norden"]),
        ("Norden Air left OSLO, 5 June 2024 \u2013 A Monday", []),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence_after_it(text: str, words: list[str]) -> None:
    assert starts(text) == words


@pytest.mark.parametrize(("text", "word"), [("at 10 a.m. Swiss time", "Swiss"), ("with Gen. Vale there", "Vale")])
def test_an_abbreviation_ends_no_sentence(text: str, word: str) -> None:
    assert word in barred(text)


@pytest.mark.parametrize("title", ["Capt.", "Lt.", "Col."])
def test_a_rank_ends_no_sentence(title: str) -> None:
    assert "Vale" in barred(f"with {title} Vale there")


def test_a_title_is_not_in_a_persons_name() -> None:
    found = joins("then Prime Minister Vale left", ("Prime Minister Vale", "Person", 0.9))
    assert found == [("Vale", "Person", 0.9)]


def test_a_title_alone_is_no_name() -> None:
    assert joins("then Prime Minister left", ("Prime Minister", "Person", 0.9)) == []


@pytest.mark.parametrize("name", ["King", "Major"])
def test_a_surname_that_is_a_title_too_stays(name: str) -> None:
    found = joins(f"Anna {name} left. Later {name} slept", (f"Anna {name}", "Person", 0.9))
    text = f"Later {name} slept"
    assert len(found) == 1
    assert [text[each.start : each.end] for each in joined(text, [Name(6, 6 + len(name), "Person", 0.9)])] == [name]


def test_an_abbreviation_may_end_one_before_a_small_word_in_capitals() -> None:
    assert "The" not in barred("It was 10 a.m. The ship left")


def test_no_sentence_begins_with_a_small_letter_after_a_word() -> None:
    assert barred("Gannet, the tug and Tern (left) left. iPhones sank") == ["the", "tug", "and", "sank"]


def test_an_empty_text_has_no_paragraphs() -> None:
    assert len(paragraphs(NLP(""))) == 0


def test_paragraphs_and_names_change_no_text() -> None:
    text = "One.\n\nTwo a.m. ships"
    assert paragraphs(NLP(text)).text == text


def test_records_are_what_stands_in_the_text() -> None:
    text, found = parse(STORY).text, story()
    assert len(found.mentions) == 4
    assert all(text[mention.start : mention.end] == mention.text for mention in found.mentions)


def test_records_have_their_kinds() -> None:
    found = story()
    assert {mention.text: mention.kind for mention in found.mentions} == {
        "Anna Vale": Kind.NAME,
        "Russian": Kind.DESCRIPTION,
        "Gannet": Kind.NAME,
        "She": Kind.PRONOUN,
    }


def test_only_what_stands_for_another_name_has_one() -> None:
    found = story()
    assert {mention.text: mention.name for mention in found.mentions if mention.name} == {"Russian": "Russia"}


def test_a_cluster_is_one_thing() -> None:
    found = story()
    clusters = {mention.text: mention.cluster for mention in found.mentions}
    assert clusters["She"] == clusters["Anna Vale"]
    assert len(set(clusters.values())) == 3


def test_mentions_come_in_the_order_of_the_text() -> None:
    found = story()
    assert [mention.start for mention in found.mentions] == sorted(mention.start for mention in found.mentions)


def test_no_mention_is_there_twice() -> None:
    found = story()
    assert len({mention.id for mention in found.mentions}) == len(found.mentions)


def test_every_end_of_a_relation_is_a_mention() -> None:
    found = story()
    ids = {mention.id for mention in found.mentions}
    assert len(found.relations) == 3
    assert all(r.subject in ids and (not isinstance(r.object, str) or r.object in ids) for r in found.relations)


def test_reading_twice_gives_the_same() -> None:
    assert story() == story()


def test_without_the_model_a_pronoun_is_no_mention() -> None:
    _, found = extraction(STORY)
    assert "She" not in {mention.text for mention in found.mentions}


def test_the_score_of_a_name_is_the_models() -> None:
    doc = parse(STORY)
    doc.user_data["kg.scores"] = {(1, 3): 0.43219}
    found = read(doc, Document(id="d", text=doc.text))
    assert found.mentions[0].score == 0.4322


def test_the_date_of_the_document_is_part_of_what_was_read() -> None:
    _, one = extraction(STORY, date(2021, 10, 4))
    _, other = extraction(STORY)
    assert one.content != other.content


def test_an_entity_of_a_type_that_the_schema_has_not_is_left_out() -> None:
    doc = Doc(NLP.vocab, words=["Monday", "came"], ents=["B-DATE", "O"], heads=[1, 1], deps=["nsubj", "ROOT"])
    assert read(doc, Document(id="d", text=doc.text)).mentions == ()


def test_an_empty_document_has_nothing_in_it() -> None:
    found = read(NLP(""), Document(id="d", text=""))
    assert (found.mentions, found.relations) == ((), ())


def test_documents_come_out_in_their_order() -> None:
    documents = [Document(id=name, text=f"{name} slept") for name in "bac"]
    assert [found.document for found in extract(documents, nlp=NLP)] == ["b", "a", "c"]


def test_a_document_that_is_too_long_says_so() -> None:
    documents = [Document(id="long", text="x" * (LONGEST + 1))]
    with pytest.raises(StageError, match="long: extract failed: 1,000,001 characters; split it") as caught:
        list(extract(documents, nlp=NLP))
    assert (caught.value.document, caught.value.stage) == ("long", "extract")


def test_documents_before_one_that_is_too_long_come_out() -> None:
    stream = extract([Document(id="a", text=""), Document(id="long", text="x" * (LONGEST + 1))], nlp=NLP)
    assert next(stream).document == "a"
    with pytest.raises(StageError, match="long"):
        next(stream)


class Encodes:
    """Encodes a text to itself in capitals, and notes which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.has_asked_for = {text: Event() for text in "abc"}

    def encode(self, text: str) -> Any:
        self.asked.append(text)
        self.has_asked_for[text].set()
        if text == "c":
            raise ValueError("no more")
        return SimpleNamespace(text=text.upper())


def encoding(texts: str, *, ahead: bool = True) -> tuple[Encodes, Iterator[str]]:
    model = Encodes()
    stream = Encoder(model, ahead=ahead).pipe(map(NLP, texts))  # type: ignore[arg-type]
    return model, (doc.user_data["kg.model"][1].text for doc in stream)


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize("texts", ["", "a", "ab", "baab"])
def test_each_document_has_its_own_text_encoded(texts: str, ahead: bool) -> None:
    model, stream = encoding(texts, ahead=ahead)
    assert list(stream) == list(texts.upper())
    assert model.asked == list(texts)


def test_the_next_text_is_encoded_while_one_is_read() -> None:
    model, stream = encoding("ab")
    assert next(stream) == "A"
    assert model.has_asked_for["b"].wait(timeout=60)


def test_with_one_thread_every_text_is_encoded_in_its_turn() -> None:
    model, stream = encoding("ab", ahead=False)
    assert (next(stream), model.asked) == ("A", ["a"])


def test_a_long_text_is_encoded_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "AHEAD", 0)
    model, stream = encoding("ab")
    assert (next(stream), model.asked) == ("A", ["a"])


def test_documents_before_one_that_fails_come_out() -> None:
    _, stream = encoding("ac")
    assert next(stream) == "A"
    with pytest.raises(ValueError, match="no more"):
        next(stream)


def test_documents_are_read_one_at_a_time() -> None:
    stream = extract((Document(id=str(number), text="") for number in iter(int, 1)), nlp=NLP)
    assert next(stream).document == "0"


def test_a_pipeline_that_only_finds_names_gives_them() -> None:
    doc = Doc(NLP.vocab, words=["Anna", "saw", "Ben"], ents=["B-Person", "O", "B-Person"])
    assert [mention.text for mention in read(doc, Document(id="d", text=doc.text)).mentions] == ["Anna", "Ben"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Egis. SNCF", ["Egis", "SNCF"]),
        ("Warner Bros. Pictures", ["Warner Bros. Pictures"]),
        ("St. Louis", ["St. Louis"]),
        ("J. K. Rowling", ["J. K. Rowling"]),
    ],
)
def test_a_full_stop_after_a_whole_word_ends_a_name(text: str, names: list[str]) -> None:
    found = joined(text, [Name(0, len(text), "Organisation", 0.9)])
    assert [text[name.start : name.end] for name in found] == names
