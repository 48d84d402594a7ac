import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.model import Document, Extraction, Mention
from kg.names import normal
from kg.resolve import Chain, chains
from kg.resolve.compare import COMPARISONS
from kg.resolve.likeness import Likeness
from kg.resolve.match import weights
from kg.train.resolution import PRIOR, Example, figures, fit, labelled, made, written
from kg.train.resolution_corpora import Known, knowledgenet, redocred


def chain(document: str, name: str, *near: str, type: str = "Person") -> Chain:
    mentions = [
        Mention(document=document, start=at, end=at + 1, text=text, type=type, cluster=at)
        for at, text in enumerate((name, *near))
    ]
    found = chains(Extraction(document=document, content="", mentions=tuple(mentions)))
    return next(one for one in found if one.name == normal(name, type))


class Names:
    """Finds one name, at the start of each text."""

    def version(self) -> str:
        return "names"

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        for document in documents:
            mention = Mention(document=document.id, start=0, end=9, text=document.text[:9], type="Person")
            yield Extraction(document=document.id, content="", mentions=(mention,))


def test_every_weight_is_of_a_comparison() -> None:
    kinds = {kind.value for kind in Likeness} - {"none"}
    assert set(PRIOR) == set(weights()) == {"bias", *kinds, *(one.__name__ for one in COMPARISONS)}


def test_knowledgenet_gives_ids_to_what_is_found(tmp_path: Path) -> None:
    fact = {
        "propertyId": "1", "subjectStart": 0, "subjectEnd": 9, "objectStart": 20, "objectEnd": 24,
        "subjectUri": "http://www.wikidata.org/entity/Q1", "objectUri": "",
    }  # fmt: skip
    passage = {
        "passageStart": 0, "passageEnd": 24, "facts": [fact],
        "exhaustivelyAnnotatedProperties": [{"propertyId": "1", "propertyName": "DATE_OF_BIRTH"}],
    }  # fmt: skip
    rows = [
        {"fold": fold, "documentId": str(fold), "documentText": "Ada Quill was born   1970", "passages": [passage]}
        for fold in (1, 2, 3)
    ]
    with ZipFile(tmp_path / "knowledgenet.zip", "w") as archive:
        archive.writestr("folds-1-2-3.jsonl", "\n".join(map(json.dumps, rows)))
    assert [(one.chain.document, one.thing) for one in knowledgenet(tmp_path, Names())] == [("1", "Q1"), ("2", "Q1")]


def test_redocred_gives_chains_with_what_is_told_of_them(tmp_path: Path) -> None:
    from kg.schema import load

    vertices = [
        [{"type": "PER", "name": "Ada Quill", "global_pos": [0, 0]}],
        [{"type": "LOC", "name": "Merrow", "global_pos": [5, 5]}],
        [{"type": "TIME", "name": "1 May 1970", "global_pos": [8, 8]}],
    ]
    labels = [{"h": 0, "t": 1, "r": "P19"}, {"h": 0, "t": 2, "r": "P569"}, {"h": 0, "t": 1, "r": "P0"}]
    documents = [{"title": str(n), "vertexSet": vertices, "labels": labels} for n in range(2)]
    with ZipFile(tmp_path / "re-docred-dev.zip", "w") as archive:
        archive.writestr("dev_revised.json", json.dumps(documents))
    ada = next(one.chain for one in redocred(tmp_path, load()) if one.chain.type == "Person")
    assert (ada.document, ada.near, ada.mark) == ("redocred/1", ("merrow",), "born 1970")
    assert ("place", "merrow") in ada.facts


def test_labelled_pairs_of_one_name_share_a_weight() -> None:
    known = [Known(chain(f"d{n}", "Ada Quill"), "Q1") for n in range(5)] + [Known(chain("e", "Ada Quill"))]
    examples = list(labelled(known))
    assert len(examples) == 10
    assert all(one.same for one in examples)
    assert sum(one.weight for one in examples) == pytest.approx(3.0)


def test_made_pairs_keep_what_stands_beside_the_name() -> None:
    near = ("Merrow Docks", "Port Trust")
    examples = list(
        made([chain("a", "Ada Quill", *near), chain("b", "Ada Quill", *near), chain("c", "Al Quill", *near)])
    )
    kinds = {(next(iter(one.found)), one.same) for one in examples}
    assert {("short_initials", True), ("short_initials", False)} <= kinds
    assert all(one.found["shares_names"] > 0 for one in examples if "short_initials" in one.found)


def test_weights_follow_the_pairs_and_stay_at_the_prior_without_them() -> None:
    assert fit([Example({"same_name": 1.0}, True, 0.0)]) == PRIOR
    learnt = fit([Example({"same_name": 1.0, "other_position": 1.0}, False)] * 20)
    assert learnt["other_position"] < PRIOR["other_position"]
    assert learnt["short_bare"] == PRIOR["short_bare"]
    assert "\nsame_name = " in written(learnt)


def test_figures_are_in_per_cent() -> None:
    sure = dict.fromkeys(PRIOR, 0.0) | {"same_name": 100.0}
    assert figures([Example({"same_name": 1.0}, True)] * 3 + [Example({"same_name": 1.0}, False)], sure) == {
        "pairs": 4.0, "told right": 75.0, "calibration error": 25.0,
    }  # fmt: skip
