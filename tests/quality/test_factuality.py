"""What is not so must not become a fact: sentences whose governing words leave a clause open or deny it."""

from pathlib import Path

import pytest

import kg

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "kg" / "models" / "en" / "joint" / "mention.onnx").exists(), reason="no model"
)

HELD: list[tuple[str, str, set[str]]] = [
    ("Shell bought BP in 2019.", "acquired", {"asserted"}),
    ("Shell managed to buy BP.", "acquired", {"asserted"}),
    ("Peter Hansen knows that Shell acquired BP.", "acquired", {"asserted"}),
    ("Shell bought BP in 2019, Peter Hansen said.", "acquired", {"reported"}),
    ("It is false that Maria Lopez was born in Madrid.", "bornIn", {"negated"}),
    (
        "It is not true that Mei Tan is married to Jon Aas, according to two officials of the port authority.",
        "spouseOf",
        {"possible"},
    ),
    ("Rumours that Elena Rossi was married to Carlo Bianchi are untrue.", "spouseOf", {"negated"}),
    ("There is no evidence that Jack Hill founded Orbit Airlines.", "founded", {"possible"}),
    ("Rita Moore doubts that Jack Hill founded Orbit Airlines.", "founded", {"possible"}),
    ("Anna Berg dreamed that she was married to Carl Holt.", "spouseOf", {"possible"}),
    ("Ryanair pulled out of talks to acquire Alitalia.", "acquired", {"possible"}),
    ("Shell stopped short of buying BP.", "acquired", {"possible"}),
    ("Microsoft tried to buy Activision but was blocked.", "acquired", {"possible"}),
    ("Did Shell buy BP?", "acquired", {"possible"}),
    ("The would-be president of Peru, Luis Vega, fled to Spain.", "leads", {"possible"}),
    ("If Shell buys BP, Anna Berg will lead Shell.", "acquired", set()),
    ("If the merger succeeds, Anna Berg will lead Shell.", "leads", {"possible"}),
    ("Should the merger succeed, Anna Berg will lead Shell.", "leads", {"possible"}),
    ("Shell is set to buy BP, provided regulators approve the deal.", "acquired", {"possible"}),
    ("Shell said that if the merger succeeds, Anna Berg will lead BP.", "leads", {"possible"}),
    ("Anna Berg said she did not know if Shell would buy BP.", "acquired", {"possible"}),
    ("Even if it rains, the ferry Gannet will sail to Dover.", "destination", {"planned"}),
    ("Anna Berg, who will lead Shell if the merger succeeds, was born in Oslo.", "bornIn", {"asserted"}),
    ("Shell has agreed to buy BP.", "acquired", {"planned"}),
    (
        "Norden Air buys Apex Lines\n\nNorden Air has agreed to buy Apex Lines, it said on Monday.",
        "acquired",
        {"asserted", "planned"},
    ),
    ("Shell has signed an agreement to acquire BP.", "acquired", {"planned"}),
    ("Shell did not sign an agreement to acquire BP.", "acquired", {"negated"}),
    ("Shell may sign an agreement to acquire BP.", "acquired", {"possible"}),
    ("Regulators blocked Shell's deal to buy BP.", "acquired", {"negated"}),
    ("Regulators opposed an agreement to acquire BP.", "acquired", set()),
    ("According to Reuters, Shell acquired BP.", "acquired", {"reported"}),
    ("Shell said it would buy BP.", "acquired", {"planned"}),
    ("The ferry Gannet left Dover on Friday, the coastguard said.", "departsFrom", {"reported"}),
    ("Shell is to buy BP.", "acquired", {"planned"}),
    ("Anna Berg was chief executive of Shell until 2019.", "leads", {"past"}),
    ("Jon Aas worked for Volvo from 1990 to 2004.", "worksFor", {"past"}),
    ("Jon Aas has led Shell since 2019.", "leads", {"asserted"}),
    ("Anna Berg left Volvo in 2021 and now leads Shell.", "leads", {"asserted"}),
    ("Anna Berg led Volvo until 2021 and now leads Shell.", "leads", {"past", "asserted"}),
    ("Shell sent lawyers to Rome to buy Alitalia.", "acquired", {"possible"}),
    ("Jane Poe was born in Elko or Ely.", "bornIn", {"possible"}),
]


@pytest.mark.parametrize(("text", "predicate", "held"), HELD, ids=[text for text, *_ in HELD])
def test_a_clause_holds_as_far_as_its_words_let_it(text: str, predicate: str, held: set[str]) -> None:
    graph = kg.build([kg.Document(id="one", text=text)])
    assert {statement.modality.value for statement in graph.statements(predicate=predicate)} == held
