"""The names told apart and together by hand over Wikinews: that the annotation is sound, and how much it asks."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "resolution"
TRAINED = Path(__file__).parents[2] / "kg" / "train" / "data" / "passages" / "train"
MARKED = re.compile(r"\[\d+[^|\[\]]*\|([^\[\]]*)\]")
WORDS = 10  # in a row, before a text counts as one that training has seen
ORDINARY = "ordinary"
TYPES = {"Person", "Organisation", "Vehicle", "Place", "Work"}
EVERYWHERE = {"the", "and", "for", "united", "states", "national", "university", "department", "party"}

Mention = dict[str, Any]


def lines(name: str) -> list[Mention]:
    with (HERE / name).open(encoding="utf-8", newline="\n") as file:  # not splitlines: a text may hold U+2028
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {document["id"]: document["text"] for document in lines("documents.jsonl")}


@pytest.fixture(scope="module")
def gold() -> list[Mention]:
    return lines("gold.jsonl")


@pytest.fixture(scope="module")
def families() -> dict[str, list[str]]:
    named: dict[str, list[str]] = json.loads((HERE / "families.json").read_text(encoding="utf-8"))
    return named


def alike(one: str, other: str) -> bool:
    """Say whether two names share a telling word, or are spelt much the same."""
    telling = [set(re.findall(r"\w{3,}", name.casefold())) - EVERYWHERE for name in (one, other)]
    return bool(telling[0] & telling[1]) or SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= 0.8


def pairs(gold: list[Mention], families: dict[str, list[str]]) -> Iterator[tuple[Mention, Mention]]:
    """Yield each two mentions of one hard family that stand in two documents, once."""
    of_entity = defaultdict(list)
    for number, mention in enumerate(gold):
        of_entity[mention["entity"]].append(number)
    hard = [members for name, members in families.items() if name != ORDINARY]
    numbers = [sorted(number for entity in members for number in of_entity[entity]) for members in hard]
    for one, other in {pair for family in numbers for pair in combinations(family, 2)}:
        if gold[one]["document"] != gold[other]["document"]:
            yield gold[one], gold[other]


def asked(gold: list[Mention], families: dict[str, list[str]]) -> Counter[str]:
    """Count the pairs that are one entity, and those that look like one and are two."""
    counts: Counter[str] = Counter()
    for one, other in pairs(gold, families):
        texts = one["text"].casefold(), other["text"].casefold()
        if one["entity"] == other["entity"]:
            counts["same"] += 1
            counts["same, spelt otherwise"] += texts[0] != texts[1]
        elif alike(*texts):
            counts["different"] += 1
            counts["different, spelt the same"] += texts[0] == texts[1]
    return counts


def trained() -> set[tuple[str, ...]]:
    """Return each ten words in a row of the training passages, without their marks."""
    words: list[str] = []
    for path in sorted(TRAINED.glob("*.txt")):
        text, marks = path.read_text(encoding="utf-8"), 1
        while marks:  # the innermost first: marks stand inside marks
            text, marks = MARKED.subn(r"\1", text)
        words += re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + WORDS]) for start in range(len(words))}


def seen(text: str, rows: set[tuple[str, ...]]) -> set[int]:
    """Return where the words begin that stand in one of these rows of words."""
    words = [(match.start(), match[0].casefold()) for match in re.finditer(r"\w+", text)]
    windows = (words[start : start + WORDS] for start in range(len(words)))
    return {place for window in windows if tuple(word for _, word in window) in rows for place, _ in window}


def test_every_mention_is_where_it_says(texts: dict[str, str], gold: list[Mention]) -> None:
    for mention in gold:
        assert texts[mention["document"]][mention["start"] : mention["end"]] == mention["text"]
        assert mention["text"] == mention["text"].strip()


def test_mentions_stand_apart_and_in_order(texts: dict[str, str], gold: list[Mention]) -> None:
    order = {document: place for place, document in enumerate(texts)}
    for one, other in zip(gold, gold[1:], strict=False):
        assert (order[one["document"]], one["end"]) <= (order[other["document"]], other["start"])


def test_every_document_is_used(texts: dict[str, str], gold: list[Mention]) -> None:
    assert {mention["document"] for mention in gold} == set(texts)


def test_an_entity_has_one_type(gold: list[Mention]) -> None:
    types = defaultdict(set)
    for mention in gold:
        types[mention["entity"]].add(mention["type"])
    assert all(len(found) == 1 and found <= TYPES for found in types.values())


def test_families_hold_every_entity_and_are_hard(gold: list[Mention], families: dict[str, list[str]]) -> None:
    spellings = defaultdict(set)
    for mention in gold:
        spellings[mention["entity"]].add(mention["text"])
    assert {entity for members in families.values() for entity in members} == set(spellings)
    for name, members in families.items():
        assert len(members) == len(set(members)) >= 1, name
        assert len(members) > 1 or len(spellings[members[0]]) > 1, name


def test_ordinary_entities_stay_a_few_mentions_each(gold: list[Mention], families: dict[str, list[str]]) -> None:
    counts = Counter(mention["entity"] for mention in gold)
    assert all(counts[entity] <= 4 for entity in families[ORDINARY])


def test_there_is_enough_to_decide(gold: list[Mention], families: dict[str, list[str]]) -> None:
    assert len(gold) == 1294
    assert asked(gold, families) == {
        "same": 760,
        "same, spelt otherwise": 324,
        "different": 1201,
        "different, spelt the same": 66,
    }


def test_little_of_it_was_trained_on(texts: dict[str, str], gold: list[Mention]) -> None:
    rows = trained()
    places = {document: seen(text, rows) for document, text in texts.items()}
    assert sum(mention["start"] in places[mention["document"]] for mention in gold) <= 182
