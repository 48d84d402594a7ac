import pytest

from kg.bench.scale import Measured, exponents, main, measure, report
from kg.bench.synthetic import Collection
from kg.resolve import chains


def test_a_collection_is_the_same_each_time() -> None:
    one, other = Collection(500), Collection(500)
    assert list(one.extractions()) == list(other.extractions())
    assert one.meaning == other.meaning
    assert list(Collection(500, seed=1).extractions()) != list(other.extractions())


def test_every_mention_means_something_and_chains_mean_one_thing() -> None:
    collection = Collection(500)
    found = [chain for extraction in collection.extractions() for chain in chains(extraction)]
    assert 500 <= len(collection.meaning) < 600
    assert all(len({collection.meaning[mention] for mention in chain.mentions}) == 1 for chain in found)


def test_a_few_things_are_in_many_documents() -> None:
    collection = Collection(3000)
    list(collection.extractions())
    documents: dict[int, set[str]] = {}
    for mention, thing in collection.meaning.items():
        documents.setdefault(thing, set()).add(mention.partition("#")[0])
    counts = sorted(map(len, documents.values()))
    assert counts[-1] > 5 * counts[len(counts) // 2]


def test_a_small_collection_is_resolved_well() -> None:
    measured = measure(3000)
    assert measured.f1 > 90
    assert measured.seconds > 0


def test_the_exponent_is_the_slope_between_sizes() -> None:
    sizes = [Measured(10**n, 1, 1, 9.0, float(2 * 10**n), 0.1, 1.0, 1.0, 1.0) for n in (3, 4, 5)]
    assert exponents(sizes) == [1.0, 1.0, 1.0]
    assert report(sizes).splitlines()[-1] == "CPU time grows with n to the power of 1.0 (by step: 1.0, 1.0)"


def test_the_program_measures_each_size_in_its_own_process(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--mentions", "600"])
    assert capsys.readouterr().out.splitlines()[1].split()[0].replace(",", "") >= "600"
