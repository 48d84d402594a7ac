"""`python -m kg.train PART`: make one of the shipped models, or measure them, and write the figures to the card."""

import argparse
import logging
from pathlib import Path

from kg.extract.pipeline import MODELS
from kg.train.card import note


def main() -> None:
    """Run one part: mentions, syntax or speed."""
    parser = argparse.ArgumentParser(prog="python -m kg.train", description=__doc__)
    parser.add_argument("part", choices=("mentions", "syntax", "speed"))
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora's archives")
    parser.add_argument("--output", type=Path, default=MODELS, help="where the models go (default: kg/models/en)")
    parser.add_argument("--checkpoint", type=Path, default=Path("mentions.pt"), help="where training can be resumed")
    parser.add_argument("--measure", action="store_true", help="measure the models that are there, train nothing")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    part = {"mentions": _mentions, "syntax": _syntax, "speed": _speed}[arguments.part]
    part(arguments)


def _mentions(arguments: argparse.Namespace) -> None:
    from kg.train import compress, mentions

    folder = arguments.output / "mentions"
    if not arguments.measure:
        model = mentions.train(arguments.corpora, arguments.checkpoint, mentions.Options())
        mentions.export(model, folder)
        compress.compress(folder / "model.onnx")
    note(arguments.output, "mentions", mentions.evaluate(folder, arguments.corpora))


def _syntax(arguments: argparse.Namespace) -> None:
    from kg.train import syntax

    folder = arguments.output / "syntax"
    measure = syntax.evaluate if arguments.measure else None
    figures = measure(folder, arguments.corpora) if measure else syntax.train(arguments.corpora, folder)
    note(arguments.output, "syntax", figures)


def _speed(arguments: argparse.Namespace) -> None:
    from kg.train import speed

    note(arguments.output, "speed", speed.measure(arguments.corpora))


if __name__ == "__main__":
    main()
