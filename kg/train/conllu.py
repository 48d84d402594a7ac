"""CoNLL-U files, read straight out of the corpora's zip archives.

Positions are counted from 0 within the sentence and a root is its own head,
as in spaCy. Words split inside one written word ("did" + "n't") carry the
spacing of the written word, so the original text can be rebuilt exactly;
empty nodes of the enhanced graph ("8.1") are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

PARAGRAPH_BREAK = "\n\n"


class Token(msgspec.Struct, frozen=True, gc=False):
    """One syntactic word, with its columns as the treebank gives them."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str
    space_after: bool

    def misc_value(self, key: str) -> str | None:
        """The value of `key` in the last column, or None where it is not given."""
        for item in self.misc.split("|"):
            name, _, value = item.partition("=")
            if name == key:
                return value
        return None


class Sentence(msgspec.Struct, frozen=True):
    """One sentence; `comments` holds its `# key = value` lines."""

    id: str
    tokens: tuple[Token, ...]
    new_paragraph: bool
    comments: dict[str, str]

    @property
    def text(self) -> str:
        """The sentence as it was written, without the space that follows it."""
        return "".join(t.form + " " * t.space_after for t in self.tokens).rstrip()


class TreebankDocument(msgspec.Struct, frozen=True):
    """One document; `meta` holds the comments that describe all of it."""

    id: str
    sentences: tuple[Sentence, ...]
    meta: dict[str, str]

    @property
    def text(self) -> str:
        """The whole text, an empty line before each new paragraph."""
        return "".join(piece for piece, _ in pieces(self.sentences))

    def offsets(self) -> list[list[tuple[int, int]]]:
        """Where each token of each sentence stands in `text`: (start, end)."""
        spans: list[list[tuple[int, int]]] = [[] for _ in self.sentences]
        position = 0
        for piece, sentence in pieces(self.sentences):
            if sentence is not None:
                spans[sentence].append((position, position + len(piece)))
            position += len(piece)
        return spans


def pieces(sentences: Iterable[Sentence]) -> Iterator[tuple[str, int | None]]:
    """The text in order: each token with its sentence's number, each gap with None."""
    gap = ""
    for number, sentence in enumerate(sentences):
        if number and sentence.new_paragraph:
            gap = PARAGRAPH_BREAK
        for token in sentence.tokens:
            if gap:
                yield gap, None
            yield token.form, number
            gap = " " if token.space_after else ""


def entities(sentence: Sentence) -> Iterator[tuple[int, int, str, str]]:
    """The `Entity=` brackets that open and close in the sentence, the inner ones first.

    Each is (first token, last token, entity type, number of the thing that it speaks of). Parts of a discontinuous
    entity ("3[1/2]") are left out.
    """
    stack: dict[str, list[tuple[int, str]]] = {}
    for index, token in enumerate(sentence.tokens):
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", token.misc_value("Entity") or ""):
            number, *rest = piece.strip("()").split("-")
            if piece.startswith("("):
                stack.setdefault(number, []).append((index, rest[0] if rest else ""))
            if piece.endswith(")") and stack.get(number):
                first, kind = stack[number].pop()
                if "[" not in number:
                    yield first, index, kind, number


def parse(lines: Iterable[str]) -> Iterator[TreebankDocument]:
    """The documents of a CoNLL-U file; text before any `# newdoc` is one too."""
    name, meta, sentences = "", dict[str, str](), list[Sentence]()
    for block in _blocks(lines):
        comments = _comments(block)
        if "newdoc" in comments or "newdoc id" in comments:
            if sentences:
                yield TreebankDocument(name, tuple(sentences), meta)
            name, meta, sentences = comments.get("newdoc id", ""), _meta(comments), []
        sentences.append(_sentence(block, comments))
    if sentences:
        yield TreebankDocument(name, tuple(sentences), meta)


def read(archive: Path, members: str) -> Iterator[TreebankDocument]:
    """The documents of every member whose name matches `members`, in name order."""
    with zipfile.ZipFile(archive) as opened:
        for name in sorted(filter(re.compile(members).fullmatch, opened.namelist())):
            with opened.open(name) as raw:
                yield from parse(io.TextIOWrapper(raw, encoding="utf-8"))


def read_gum(corpora: Path, split: str) -> Iterator[TreebankDocument]:
    """GUM's documents of one split, "train" or "dev"."""
    return read(corpora / "gum.zip", rf"{split}/.*\.conllu")


def read_ewt(corpora: Path, split: str) -> Iterator[TreebankDocument]:
    """EWT's documents of one split; "train" is what is in neither "dev" nor "test"."""
    archive = corpora / "ud-ewt.zip"
    if split != "train":
        yield from read(archive, rf"en_ewt-ud-{split}\.conllu")
        return
    held_out = {document.id for document in read(archive, r"en_ewt-ud-(dev|test)\.conllu")}
    for document in read(archive, r"not-to-release/sources/.*\.conllu"):
        if document.id not in held_out:
            yield document


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        stripped = line.rstrip("\r\n")
        if stripped:
            block.append(stripped)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _comments(block: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in block:
        if not line.startswith("#"):
            break
        key, _, value = line[1:].partition("=")
        found[key.strip()] = value.strip()
    return found


def _meta(comments: dict[str, str]) -> dict[str, str]:
    about = ("meta::", "global.")
    return {key: value for key, value in comments.items() if key.startswith(about)}


def _sentence(block: list[str], comments: dict[str, str]) -> Sentence:
    tokens: list[Token] = []
    word_end, word_space = 0, True
    for line in block:
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        number, _, last = columns[0].partition("-")
        if "." in number:
            continue
        if last:
            word_end, word_space = int(last), _space_after(columns[9])
            continue
        position = int(number)
        inside = position < word_end
        space = not inside and (word_space if position == word_end else _space_after(columns[9]))
        tokens.append(_token(columns, position - 1, space))
    new_paragraph = "newpar" in comments or "newpar id" in comments
    return Sentence(comments.get("sent_id", ""), tuple(tokens), new_paragraph, comments)


def _token(columns: list[str], position: int, space_after: bool) -> Token:
    _, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
    # A treebank under construction writes "_" for a missing head: its own root.
    governor = int(head) - 1 if head.isdecimal() and head != "0" else position
    return Token(form, lemma, upos, xpos, feats, governor, deprel, misc, space_after)


def _space_after(misc: str) -> bool:
    return "SpaceAfter=No" not in misc.split("|")
