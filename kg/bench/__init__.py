"""The public benchmarks, scored as their papers do, on their own files; and passages marked as those of `kg` are.

Each benchmark is a module with `run(path, predictor, options, progress)`, whose `Predictor` tells what it asks of a
system. `kg`'s own is `kg.bench.predict`; any object with those methods can stand in its place.
"""

from collections.abc import Callable

from kg.bench.run import Options, Result
from kg.build import Progress
from kg.errors import KgError
from kg.plugins import Registry

BENCHMARKS = Registry(
    "benchmark",
    group="kg.benchmarks",
    builtin={
        "coreference": "kg.bench.coreference:run",
        "gap": "kg.bench.gap:run",
        "knowledgenet": "kg.bench.knowledgenet:run",
        "mentions": "kg.bench.mentions:run bench",
        "passages": "kg.bench.written:run",
        "redocred": "kg.bench.redocred:run",
        "resolution": "kg.bench.resolution:run",
        "text2kgbench": "kg.bench.text2kgbench:run",
    },
)
FOLDED = frozenset({"knowledgenet"})  # the benchmarks that come in folds

__all__ = ["BENCHMARKS", "Options", "Result", "bench"]


def bench(
    name: str,
    path: str,
    *,
    predictor: object | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Result:
    """Measure a predictor on the benchmark of that name, whose files lie at the path.

    The predictor is kg itself, where none is given. Raises `UnknownPlugin`, `MissingExtra`, `InputError` where the path
    does not hold the benchmark, and `KgError` for an option that it does not have.
    """
    from kg.bench.predict import default

    run: Callable[..., Result] = BENCHMARKS.get(name)
    options = options or Options()
    if options.fold is not None and name not in FOLDED:
        raise KgError(f"{name} comes in no folds; leave --fold out")
    return run(path, predictor or default(), options, progress)
