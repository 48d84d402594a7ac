"""What the CoNLL-U reader promises, on a few hand-made lines."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kg.train.conllu import Sentence, TreebankDocument, entities, parse, read, read_ewt, read_gum

TWO_DOCUMENTS = """\
# newdoc id = alpha
# meta::title = A test
# newpar
# sent_id = alpha-1
# text = She didn't go.
1	She	she	PRON	PRP	Case=Nom	4	nsubj	4:nsubj	Entity=(1-person)|Bridge=2
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
4.1	ghost	ghost	VERB	VB	_	_	_	4:conj	_
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# sent_id = alpha-2
# text = (No)
1	(	(	PUNCT	-LRB-	_	2	punct	_	SpaceAfter=No
2-3	No)	_	_	_	_	_	_	_	SpaceAfter=No
2	No	no	INTJ	UH	_	0	root	_	_
3	)	)	PUNCT	-RRB-	_	2	punct	_	_

# sent_id = alpha-3
# text = Why
1	Why	why	ADV	WRB	_	0	root	_	_

# newdoc id = beta
# sent_id = beta-1
# newpar id = beta-p1
1	Yes	yes	INTJ	UH	_	0	root	_	_
"""


@pytest.fixture
def documents() -> list[TreebankDocument]:
    return list(parse(TWO_DOCUMENTS.splitlines()))


def test_parse_splits_documents(documents: list[TreebankDocument]) -> None:
    assert [(d.id, len(d.sentences)) for d in documents] == [("alpha", 3), ("beta", 1)]


def test_parse_keeps_what_describes_the_document(documents: list[TreebankDocument]) -> None:
    assert documents[0].meta == {"meta::title": "A test"}
    assert documents[1].meta == {}


def test_parse_reads_text_before_any_document_mark() -> None:
    (document,) = parse(["1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_"])
    assert (document.id, document.text) == ("", "Yes")


def test_parse_of_nothing_is_nothing() -> None:
    assert list(parse(["", "", ""])) == []


def test_heads_count_from_zero_and_roots_head_themselves(
    documents: list[TreebankDocument],
) -> None:
    assert [t.head for t in documents[0].sentences[0].tokens] == [3, 3, 3, 3, 3]


def test_empty_nodes_are_left_out(documents: list[TreebankDocument]) -> None:
    assert [t.form for t in documents[0].sentences[0].tokens] == ["She", "did", "n't", "go", "."]


def test_columns_are_kept(documents: list[TreebankDocument]) -> None:
    token = documents[0].sentences[0].tokens[0]
    assert (token.lemma, token.upos, token.xpos) == ("she", "PRON", "PRP")
    assert (token.feats, token.deprel) == ("Case=Nom", "nsubj")


@pytest.mark.parametrize("sentence", [0, 1])
def test_sentence_text_is_rebuilt(documents: list[TreebankDocument], sentence: int) -> None:
    read_back = documents[0].sentences[sentence]
    assert read_back.text == read_back.comments["text"]


def test_document_text_parts_paragraphs_with_an_empty_line(
    documents: list[TreebankDocument],
) -> None:
    assert documents[0].text == "She didn't go.\n\n(No)Why"


def test_offsets_point_at_the_tokens(documents: list[TreebankDocument]) -> None:
    document = documents[0]
    for sentence, spans in zip(document.sentences, document.offsets(), strict=True):
        written = [document.text[start:end] for start, end in spans]
        assert written == [token.form for token in sentence.tokens]


@pytest.mark.parametrize(("sentence", "flag"), [(0, True), (1, True), (2, False)])
def test_new_paragraphs_are_marked(documents: list[TreebankDocument], sentence: int, flag: bool) -> None:
    assert documents[0].sentences[sentence].new_paragraph is flag


@pytest.mark.parametrize(("key", "value"), [("Entity", "(1-person)"), ("Bridge", "2"), ("MSeg", None)])
def test_misc_value_finds_a_key(documents: list[TreebankDocument], key: str, value: str | None) -> None:
    assert documents[0].sentences[0].tokens[0].misc_value(key) == value


def one_word(document: str) -> str:
    return f"# newdoc id = {document}\n1\t{document}\t_\tX\tFW\t_\t0\troot\t_\t_\n\n"


def test_read_takes_matching_members_in_name_order(tmp_path: Path) -> None:
    archive = tmp_path / "some.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for name in ("b.conllu", "a.conllu", "a.txt"):
            opened.writestr(name, one_word(name))
    assert [d.id for d in read(archive, r".*\.conllu")] == ["a.conllu", "b.conllu"]


def test_ewt_train_is_what_is_in_neither_dev_nor_test(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ud-ewt.zip", "w") as opened:
        opened.writestr("en_ewt-ud-dev.conllu", one_word("d"))
        opened.writestr("en_ewt-ud-test.conllu", one_word("t"))
        for name in "dtx":
            opened.writestr(f"not-to-release/sources/kind/{name}.conllu", one_word(name))
    assert [d.id for d in read_ewt(tmp_path, "train")] == ["x"]
    assert [d.id for d in read_ewt(tmp_path, "test")] == ["t"]


def test_gum_is_read_by_split(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "gum.zip", "w") as opened:
        opened.writestr("train/GUM_a.conllu", one_word("a"))
        opened.writestr("dev/GUM_b.conllu", one_word("b"))
    assert [d.id for d in read_gum(tmp_path, "dev")] == ["b"]


def bracketed(*told: str) -> Sentence:
    """Return a sentence with one word for each value of its `Entity=` field."""
    lines = (f"{n}\tw\tw\tX\tX\t_\t0\troot\t_\tEntity={one}\n" for n, one in enumerate(told, 1))
    (document,) = parse("".join(lines).splitlines())
    return document.sentences[0]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (["(1-person-giv", "1)", ""], [(0, 1, "person", "1")]),
        (["(1-person)", ""], [(0, 0, "person", "1")]),
        (["(1-person", "", "(2-place)1)"], [(2, 2, "place", "2"), (0, 2, "person", "1")]),
        (["(1-time", "(1-time", "(2-time)1)1)"], [(2, 2, "time", "2"), (1, 2, "time", "1"), (0, 2, "time", "1")]),
        (["(1[1/2]-person)", "(1[2/2]-person)"], []),
        (["(1-person", ""], []),
    ],
)
def test_entities_are_what_their_brackets_hold(told: list[str], found: list[tuple[int, int, str, str]]) -> None:
    assert list(entities(bracketed(*told))) == found
