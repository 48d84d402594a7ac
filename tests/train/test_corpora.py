"""What the corpus readers promise, on a few lines in each corpus's own form."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.train import corpora
from kg.train.conllu import Sentence, parse
from kg.train.corpora import BASIC, FREE, TYPES, UNSURE, Passage, load
from kg.train.detokenise import plain

COLUMNS = {"per": "Person", "org": "Organisation", "loc": "Place", "misc": UNSURE}


def names(passage: Passage) -> list[tuple[str, str]]:
    return [(passage.text[start:end], kind) for start, end, kind in passage.names]


def aligned(words: str, tags: str, text: str = "") -> Passage:
    return corpora._aligned(words.split(), tags.split(), types=COLUMNS, text=text)


def zipped(folder: Path, archive: str, **members: str) -> Path:
    with ZipFile(folder / archive, "w") as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return folder


WEB = """\
# newdoc id = d
# sent_id = d-1
# text = Anna slept.
1	Anna	Anna	PROPN	NNP	_	2	nsubj	_	_
2	slept	sleep	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


def test_web_sentences_are_read_with_the_names_annotated_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "read_ewt", lambda folder, split: parse(WEB.splitlines()))
    monkeypatch.setattr(corpora, "_web_names", lambda path: iter([("d-1", ((0, 4, "Person"),))]))
    (passage,) = corpora.web(Path())
    assert names(passage) == [("Anna", "Person")]
    assert passage.types == frozenset(TYPES)


@pytest.mark.parametrize(
    ("words", "tags", "found"),
    [
        ("Anna Vale slept", "B-PER I-PER O", [("Anna Vale", "Person")]),
        ("Anna Vale slept", "I-PER I-PER O", [("Anna Vale", "Person")]),
        ("Anna Ben slept", "B-PER B-PER O", [("Anna", "Person"), ("Ben", "Person")]),
        ("Anna Merrow slept", "B-PER I-LOC O", [("Anna", "Person"), ("Merrow", "Place")]),
        ("Anna 's Oak", "B-PER O B-MISC", [("Anna", "Person"), ("Oak", UNSURE)]),
        ("the 2020 fair", "O B-DATE O", []),
    ],
)
def test_tags_become_names(words: str, tags: str, found: list[tuple[str, str]]) -> None:
    assert names(aligned(words, tags)) == found


def test_tags_are_laid_over_the_text_as_it_was() -> None:
    passage = aligned("Anna 's ship", "B-PER O O", text="Anna's  ship")
    assert (passage.text, names(passage)) == ("Anna's  ship", [("Anna", "Person")])


@pytest.mark.parametrize("name", ["Outer Space Station", "Boeing 737", "space shuttle Gannet"])
def test_the_head_of_a_vehicles_name_tells_its_type(name: str) -> None:
    tags = " ".join(["B-LOC", *["I-LOC"] * (len(name.split()) - 1)])
    assert names(aligned(name, tags)) == [(name, "Vehicle")]


_WORD = st.one_of(st.text("abÄ.,'-", min_size=1, max_size=5), st.sampled_from("( ) `` '' -LRB- 's n't \" “ ”".split()))


@given(st.lists(_WORD, min_size=1, max_size=12))
def test_each_word_stands_in_the_text_where_it_was_marked(words: list[str]) -> None:
    passage = corpora._aligned(words, ["B-PER"] * len(words), types=COLUMNS)
    assert [text for text, _ in names(passage)] == [plain(word) for word in words]


def sentence(*rows: str) -> Sentence:
    """Return the sentence of rows "form tag head relation entity"."""
    lines = []
    for number, row in enumerate(rows, 1):
        form, tag, head, relation, *entity = row.split()
        misc = f"Entity={entity[0]}" if entity else "_"
        lines.append("\t".join((str(number), form, form, "X", tag, "_", head, relation, "_", misc)))
    (document,) = parse(lines)
    return document.sentences[0]


def gum(*rows: str) -> list[tuple[str, str]]:
    types = {"person": "Person", "place": "Place", "object": UNSURE}
    return names(corpora._gum_passage(sentence(*rows), types))


def test_a_proper_name_is_trimmed_to_its_proper_words() -> None:
    assert gum("the DT 3 det (1-person", "old JJ 3 amod", "Anna NNP 0 root", "Vale NNP 3 flat 1)") == [
        ("Anna Vale", "Person")
    ]


def test_a_proper_name_keeps_the_small_words_within() -> None:
    assert gum("Port NNP 0 root (1-place", "of IN 3 case", "Merrow NNP 1 nmod 1)") == [("Port of Merrow", "Place")]


def test_a_description_is_no_name() -> None:
    assert gum("the DT 2 det (1-person", "mayor NN 0 root 1)") == []


def test_an_entity_of_a_type_that_gum_does_not_tell_apart_is_unsure() -> None:
    assert gum("Gannet NNP 2 nsubj (1-object)", "sank VBD 0 root") == [("Gannet", UNSURE)]


def test_an_entity_of_no_type_of_ours_is_no_name() -> None:
    assert gum("Easter NNP 2 nsubj (1-time)", "came VBD 0 root") == []


def test_of_two_names_that_overlap_the_longer_stays() -> None:
    assert corpora._longest([(0, 4, "Person"), (0, 9, "Place"), (10, 12, "Person")]) == (
        (0, 9, "Place"),
        (10, 12, "Person"),
    )


def test_gmb_knows_a_demonym_by_its_tag(tmp_path: Path) -> None:
    rows = ["Sentence #,Word,POS,Tag", "Sentence: 1,Russian,JJ,B-gpe", ",ships,NNS,O"]
    rows += ["Sentence: 2,Russia,NNP,B-gpe", ",slept,VBD,O"]
    zipped(tmp_path, "gmb.zip", **{"ner_dataset.csv": "\n".join(rows)})
    assert [names(passage) for passage in corpora.gmb(tmp_path)] == [[], [("Russia", "Place")]]


def test_wikigold_is_read_by_columns(tmp_path: Path) -> None:
    content = "-DOCSTART- O\n\nAnna I-PER\nslept O\n\nOak I-MISC\n"
    zipped(tmp_path, "wikigold-sec-btc.zip", **{"x/wikigold/CONLL-format/wikigold.conll.txt": content})
    found = [names(passage) for passage in corpora.wikigold(tmp_path)]
    assert found == [[("Anna", "Person")], [("Oak", UNSURE)]]


def test_wnut_marks_works_too(tmp_path: Path) -> None:
    zipped(tmp_path, "wnut17.zip", **{"train.conll": "Oak\tB-creative-work\nsank\tO\n"})
    (passage,) = corpora.wnut(tmp_path)
    assert (names(passage), passage.types) == ([("Oak", "Work")], BASIC | {"Work"})


def test_crossner_is_read_without_its_test_split(tmp_path: Path) -> None:
    members = {f"ner_data/music/{split}.txt": f"{split}\tB-person\n" for split in ("train", "dev", "test")}
    zipped(tmp_path, "crossner.zip", **members)
    assert [passage.text for passage in corpora.crossner(tmp_path)] == ["train", "dev"]


def test_litbank_names_are_told_without_article_and_title(tmp_path: Path) -> None:
    text = "The Gannet sank.\n\nMr. Vale slept in the town.\n"
    marks = "T1\tPROP_VEH 0 10\tThe Gannet\nT2\tPROP_PER 18 26\tMr. Vale\nT3\tNOM_GPE 36 44\tthe town\n"
    zipped(tmp_path, "litbank.zip", **{"litbank/coref/brat/a.ann": marks, "litbank/coref/brat/a.txt": text})
    found = [names(passage) for passage in corpora.litbank(tmp_path)]
    assert found == [[("Gannet", "Vehicle")], [("Vale", "Person")]]


def redocred(folder: Path) -> Path:
    def mention(name: str, kind: str, first: int, last: int) -> dict[str, object]:
        return {"name": name, "type": kind, "pos": [first, last], "sent_id": 0}

    entities = [[mention("Anna Vale", "PER", 0, 2)], [mention("Russian", "LOC", 3, 4)], [mention("Oak", "MISC", 4, 5)]]
    document = {"sents": [["Anna", "Vale", "saw", "Russian", "Oak"]], "vertexSet": entities}
    return zipped(folder, "re-docred-dev.zip", **{"dev_revised.json": json.dumps([document] * 6)})


def test_redocred_demonyms_are_no_names(tmp_path: Path) -> None:
    passage = next(corpora.redocred(redocred(tmp_path)))
    assert names(passage) == [("Anna Vale", "Person"), ("Oak", UNSURE)]


def test_a_fifth_of_redocred_is_kept_for_measuring(tmp_path: Path) -> None:
    folder = redocred(tmp_path)
    assert [len(list(corpora.redocred(folder, held_out=held))) for held in (False, True)] == [4, 2]


def test_uner_gives_the_exact_text(tmp_path: Path) -> None:
    content = "# text = Anna's ship\n1\tAnna\tB-PER\t-\t-\n2\t's\tO\t-\t-\n3\tship\tO\t-\t-\n"
    zipped(tmp_path, "uner-ewt.zip", **{"en_ewt-ud-dev.iob2": content})
    (passage,) = corpora.uner(tmp_path, split="dev")
    assert (passage.text, names(passage)) == ("Anna's ship", [("Anna", "Person")])


def test_of_ewt_only_what_is_far_from_proper_nouns_is_told(tmp_path: Path) -> None:
    rows = ["old JJ 2 amod", "Anna NNP 3 nsubj", "slept VBD 0 root", "very RB 5 advmod", "well RB 3 advmod"]
    lines = ["# newdoc id = x", "# sent_id = x-1"]
    for number, row in enumerate(rows, 1):
        form, tag, head, relation = row.split()
        lines.append("\t".join((str(number), form, form, "X", tag, "_", head, relation, "_", "_")))
    with ZipFile(tmp_path / "ud-ewt.zip", "w") as opened:
        opened.writestr("not-to-release/sources/x.conllu", "\n".join(lines) + "\n\n")
    (passage,) = corpora.tagged(tmp_path)
    assert names(passage) == [("old", FREE), ("Anna", FREE), ("slept", FREE)]


def some(count: int) -> corpora.Sources:
    return ((lambda _: (Passage(str(number), ()) for number in range(9)), count),)


def test_passages_come_in_one_order_for_one_seed(tmp_path: Path) -> None:
    assert load(tmp_path, some(5), seed=3) == load(tmp_path, some(5), seed=3)


def test_of_a_source_no_more_passages_come_than_are_asked_for(tmp_path: Path) -> None:
    assert (len(load(tmp_path, some(5))), len(load(tmp_path, some(99)))) == (5, 9)
