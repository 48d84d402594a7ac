"""Parsed documents by hand: what the shipped parser and the mention model would give, written as a small table.

Each line is a word: form, Penn tag, the line in its sentence that governs it (0 for none), relation, then its lemma or
entity type where they are not told by the form. `Tom_Cruise` is two tokens, the second flat on the first; a blank line
ends a sentence; `\\n` within a form is a line's end.
"""

from collections.abc import Iterator
from datetime import date

import spacy
from spacy.tokens import Doc

from kg.extract.anaphora import join_descriptions
from kg.extract.chains import join_names
from kg.extract.claims import Claim, Reading
from kg.extract.found import Findings, Found
from kg.extract.pipeline import read
from kg.model import Document, Extraction, Relation

TYPES = ("Person", "Organisation", "Vehicle", "Place", "Work")
VOCAB = spacy.blank("en").vocab
_POS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "WDT", "EX"), "PRON"),
    **dict.fromkeys(("TO", "POS"), "PART"),
    **dict.fromkeys(("IN", "RP"), "ADP"),
    **dict.fromkeys(("JJ", "JJR", "JJS"), "ADJ"),
    **dict.fromkeys(("RB", "WRB"), "ADV"),
    **{"DT": "DET", "CC": "CCONJ", "CD": "NUM", "MD": "AUX", "_SP": "SPACE"},
}
_TIGHT_BEFORE = {".", ",", ")", "”", ":", "'s", "’s", "n't"}
_TIGHT_AFTER = {"(", "“"}


def parse(table: str) -> Doc:
    """Return the `Doc` that the table stands for."""
    columns: dict[str, list[str]] = {name: [] for name in ("words", "tags", "pos", "deps", "lemmas", "ents")}
    heads: list[int] = []
    for sentence in table.strip("\n").split("\n\n"):
        lines = [line.split() for line in sentence.splitlines()]
        forms = [line[0].replace("\\n", "\n").split("_") for line in lines]
        begins = [len(heads) + sum(map(len, forms[:index])) for index in range(len(forms))]
        for begin, form, (_, tag, head, dep, *rest) in zip(begins, forms, lines, strict=True):
            heads += [begins[int(head) - 1] if int(head) else begin, *[begin] * (len(form) - 1)]
            kind = next((word for word in rest if word in TYPES), "")
            lemma = next((word for word in rest if word not in TYPES), "")
            pos = "AUX" if dep.startswith(("aux", "cop")) and tag != "TO" else _POS.get(tag, "PUNCT")
            columns["words"] += form
            columns["tags"] += [tag] * len(form)
            columns["pos"] += [pos] * len(form)
            columns["deps"] += ["ROOT" if head == "0" else dep, *["flat"] * (len(form) - 1)]
            columns["lemmas"] += [lemma or word.lower() for word in form]
            columns["ents"] += [f"B-{kind}", *[f"I-{kind}"] * (len(form) - 1)] if kind else ["O"] * len(form)
    return Doc(VOCAB, heads=heads, spaces=list(_spaces(columns["words"])), **columns)


def _spaces(words: list[str]) -> Iterator[bool]:
    for word, after in zip(words, [*words[1:], "."], strict=True):
        yield not (word in _TIGHT_AFTER or word.isspace() or after in _TIGHT_BEFORE or after.isspace())


def named(doc: Doc) -> Findings:
    """Return the document's names, not joined to chains yet."""
    return Findings(doc, [Found(ent, ent.label_, subtype=ent.id_ or None) for ent in doc.ents])


def joined(doc: Doc) -> Findings:
    """Return the document's names and descriptions in their chains."""
    findings = named(doc)
    join_names(findings)
    join_descriptions(findings)
    return findings


def chain_of(findings: Findings, text: str, nth: int = 0) -> int | None:
    """Return the chain of the nth mention with that text, None where there is no such mention."""
    found = [each.chain for each in findings.all if each.span.text == text]
    return found[nth] if len(found) > nth else None


def reading(table: str, published: date | None = None) -> Reading:
    """Return the reading of the table's document."""
    doc = parse(table)
    return Reading(doc, joined(doc), published)


def told(claims: Iterator[Claim]) -> set[tuple[str, str, str]]:
    """Return claims as (subject, predicate, object), each end by its text."""
    return {(c.subject.text, c.predicate, c.object if isinstance(c.object, str) else c.object.text) for c in claims}


def extraction(table: str, published: date | None = None) -> tuple[Document, Extraction]:
    """Return the table's document as a record, and what is read from it."""
    doc = parse(table)
    document = Document(id="d", text=doc.text, published=published)
    return document, read(doc, document)


def facts(table: str, published: date | None = None) -> dict[tuple[str, str, str], Relation]:
    """Return the relations of the table's document by (subject, predicate, object), each end by its name."""
    _, found = extraction(table, published)
    names = {mention.id: mention.name or mention.text for mention in found.mentions}
    return {
        (
            names[each.subject],
            each.predicate,
            names[each.object] if isinstance(each.object, str) else each.object.value,
        ): each
        for each in found.relations
    }
