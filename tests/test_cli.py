import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from joints import Said, encoded
from toy import DOCUMENTS, Toy

import kg
from kg.cli import main
from kg.errors import InputError
from kg.extract.joint import STRIDE, WINDOW, Encoded
from kg.space import Space, view
from kg.space.view import View

DATA = Path(__file__).parent / "data"
WHO = "SELECT ?name WHERE { ?who a schema:Person ; rdfs:label ?name } ORDER BY ?name"
COMMANDS = (
    *("add", "bench", "build", "check", "diff", "export", "merge", "notebook"),
    *("query", "refute", "remove", "review", "schema", "serve", "split", "why"),
)


@pytest.fixture(autouse=True)
def _toy_model(shipped_toy: Toy) -> None:
    """No command here may need the shipped model."""


@pytest.fixture
def built(space: Space) -> str:
    space.close()
    return str(space.path)


def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="kg")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def fails(*arguments: object, stdin: str | bytes | None = None) -> str:
    """Run what is wrong usage and return its one line."""
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("kg: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("kg: ").strip()


def test_help_is_as_agreed() -> None:
    assert run("--help").stdout == (DATA / "help.txt").read_text(encoding="utf-8")


def test_a_wrong_option_ends_in_one_line() -> None:
    assert fails("build", "--nonsense") == "No such option '--nonsense'. (kg build --help tells more)"


def test_an_unknown_command_ends_in_one_line() -> None:
    assert "'nonsense'" in fails("nonsense")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(command: str) -> None:
    assert f"    kg {command} " in run(command, "--help").stdout + " "


def test_the_commands_are_these() -> None:
    assert tuple(sorted(main.commands)) == COMMANDS


def test_version() -> None:
    assert run("--version").stdout == f"kg {kg.__version__}\n"


def test_build_fills_a_space(articles: Path, tmp_path: Path) -> None:
    result = run("build", articles, "-o", tmp_path / "space")
    assert (result.exit_code, result.stderr) == (0, "")
    with Space.open(tmp_path / "space") as space:
        assert len(space.documents()) == len(DOCUMENTS)


def test_build_sums_up(articles: Path, tmp_path: Path) -> None:
    lines = [line.split() for line in run("build", articles, "-o", tmp_path / "space").stdout.splitlines()]
    assert ["documents", "3"] in lines
    assert ["set", "aside", "0"] in lines
    assert ["Person", "2"] in lines
    assert ["planned", "1"] in lines


def test_what_texts_say_is_counted_the_same_everywhere(articles: Path, tmp_path: Path) -> None:
    """Told statements and the different facts in them; what only follows from these is counted for itself."""
    lines = run("build", articles, "-o", tmp_path / "space").stdout.splitlines()
    counts = {words[0]: int(words[1]) for words in map(str.split, lines) if len(words) == 2}
    with Space.open(tmp_path / "space") as space:
        graph, seen = space.graph(), View.open(space.path)
        told = [one for one in graph.statements() if not one.inferred]
        assert counts["statements"] == len(told) == space.counts()["statements"]
        assert counts["inferred"] == len(graph.statements()) - len(told) > 0
        assert counts["facts"] == sum(not edge.inferred for edge in graph.edges())
        assert counts.items() >= view.overview(seen.records, seen.schema, "").counts.items()
        assert counts["statements"] == sum(one.statements for one in view.documents(seen.records).documents)
        seen.close()


def test_build_writes_the_format_that_the_suffix_names(articles: Path, tmp_path: Path) -> None:
    assert run("build", articles, "-o", tmp_path / "graph.ttl").exit_code == 0
    assert b"Ada Quill" in (tmp_path / "graph.ttl").read_bytes()


def test_build_writes_the_format_that_the_option_names(articles: Path, tmp_path: Path) -> None:
    run("build", articles, "-o", tmp_path / "plain", "--format", "nq")
    run("build", articles, "-o", tmp_path / "graph.nq")
    assert (tmp_path / "plain").read_bytes() == (tmp_path / "graph.nq").read_bytes()


def test_build_writes_to_standard_output(articles: Path, tmp_path: Path) -> None:
    run("build", articles, "-o", tmp_path / "graph.nq")
    result = run("build", articles, "-o", "-", "--format", "nq")
    assert result.stdout_bytes == (tmp_path / "graph.nq").read_bytes()


def test_build_reads_standard_input(tmp_path: Path) -> None:
    result = run("build", "-", "-o", tmp_path / "space", stdin="Ada Quill boarded Gannet.\n")
    assert result.exit_code == 0
    assert ["Vehicle", "1"] in [line.split() for line in result.stdout.splitlines()]


def test_build_reads_the_seeds_into_space_when_told_nothing(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.rename(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert run("build").exit_code == 0
    assert Space.open("space").documents()


def test_build_says_where_it_wrote(articles: Path, tmp_path: Path) -> None:
    space = tmp_path / "space"
    file = tmp_path / "graph.ttl"
    last = {path: run("build", articles, "-o", path).stdout.splitlines()[-1] for path in (space, file)}
    assert last == {space: f"written to {space}; kg serve {space} shows it", file: f"written to {file}"}


def test_build_takes_no_documents_out_of_a_space_that_it_was_not_told_to_replace(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.txt").write_text("Ada Quill boarded Gannet.")
    assert run("build", articles).exit_code == 0
    line = fails("build", "other.txt")
    assert line.startswith("space holds 3 documents that this build would take out (")
    assert line.endswith("; kg add space other.txt keeps them, and -o space replaces them")
    with Space.open("space") as space:
        assert len(space.documents()) == len(DOCUMENTS)
    assert run("build", articles, "other.txt").exit_code == 0
    assert run("build", "other.txt", "-o", "space").exit_code == 0
    with Space.open("space") as space:
        assert len(space.documents()) == 1


def test_build_without_a_name_takes_the_new_text_of_a_file_for_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in ("Ada Quill boarded Gannet.", "Ben Oduya boarded Gannet."):
        (tmp_path / "one.txt").write_text(text)
        assert run("build", "one.txt").exit_code == 0
    with Space.open("space") as space:
        assert len(space.documents()) == 1


def test_build_takes_a_schema(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[types.Lighthouse]\nlabel = "lighthouse"\nparent = "Place"\n')
    run("build", articles, "-o", tmp_path / "space", "--schema", tmp_path / "mine.toml")
    with Space.open(tmp_path / "space") as space:
        assert "Lighthouse" in space.schema().types


@pytest.mark.parametrize("jobs", ["2", "auto", "0"])
def test_build_works_in_several_processes(jobs: str, articles: Path, tmp_path: Path) -> None:
    assert run("build", articles, "-o", tmp_path / "several.nq", "--jobs", jobs).exit_code == 0
    run("build", articles, "-o", tmp_path / "one.nq")
    assert (tmp_path / "several.nq").read_bytes() == (tmp_path / "one.nq").read_bytes()


def test_build_names_what_fails_in_another_process(articles: Path, tmp_path: Path) -> None:
    name = exploding(articles)
    result = run("build", articles, "-o", tmp_path / "space", "--jobs", "2")
    assert result.exit_code == 1
    assert f"{name}: set aside: extract failed: the toy exploded\n" in result.stderr


@pytest.mark.parametrize("jobs", ["-1", "many", "1.5"])
def test_build_refuses_what_is_no_number_of_jobs(jobs: str, articles: Path) -> None:
    assert "--jobs" in fails("build", articles, "--jobs", jobs)


def test_what_is_set_aside_is_named_in_one_order(articles: Path, tmp_path: Path) -> None:
    for spoil in (exploding, broken_line, empty_file, broken_html):
        spoil(articles)
    lines = run("build", articles, "-o", tmp_path / "space").stderr.splitlines()[:-1]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_build_takes_the_names_of_another_pipeline(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy: Toy
) -> None:
    asked: list[str | None] = []

    def default(pipeline: str | None, **_: object) -> Toy:
        asked.append(pipeline)
        return toy

    monkeypatch.setattr(sys.modules["kg.build"], "default_extractor", default)
    run("build", articles, "-o", tmp_path / "space", "--pipeline", "mine")
    run("build", articles, "-o", tmp_path / "space")
    assert asked == ["mine", None]


def test_build_names_a_pipeline_that_is_not_there(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def default(*_: object, **__: object) -> Toy:
        raise InputError("not an installed spaCy pipeline", path="mine")

    monkeypatch.setattr(sys.modules["kg.build"], "default_extractor", default)
    line = fails("build", articles, "-o", tmp_path / "space", "--pipeline", "mine")
    assert line == "mine: not an installed spaCy pipeline"


def broken_html(folder: Path) -> str:
    (folder / "menu.html").write_text(
        "<html><head><title>Menu</title></head><body><script>menu()</script></body></html>"
    )
    return "menu.html"


def empty_file(folder: Path) -> str:
    (folder / "nothing.txt").write_bytes(b"")
    return "nothing.txt"


def binary(folder: Path) -> str:
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    return "picture.txt"


def broken_line(folder: Path) -> str:
    (folder / "more.jsonl").write_text('{"id": "x", "text": "Ada Quill boarded Gannet."}\n{"id": "y", "text": \n')
    return "more.jsonl:2"


def exploding(folder: Path) -> str:
    (folder / "bomb.txt").write_text("This will EXPLODE in the extractor.")
    return "bomb.txt"


@pytest.mark.parametrize("spoil", [broken_html, empty_file, binary, broken_line, exploding])
def test_what_cannot_be_built_is_named_and_everything_else_is(spoil: object, articles: Path, tmp_path: Path) -> None:
    name = spoil(articles)  # type: ignore[operator]
    result = run("build", articles, "-o", tmp_path / "space")
    assert result.exit_code == 1
    complaint, count = result.stderr.splitlines()
    assert f"{name}: set aside: " in complaint
    assert count == "kg: 1 set aside"
    with Space.open(tmp_path / "space") as space:
        assert len(space.rejected()) == 1
        assert len(space.graph().statements(predicate="aboard")) >= len(DOCUMENTS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_read(encoding: str, articles: Path, tmp_path: Path) -> None:
    text = "“Ada Quill boarded Gannet”, the café’s owner said – and nobody at the harbour believed a word of it.\n" * 4
    (articles / "d.txt").write_bytes(text.encode(encoding))
    assert run("build", articles, "-o", tmp_path / "space").exit_code == 0
    with Space.open(tmp_path / "space") as space:
        assert sum("café’s" in document.text for document in space.documents()) == 1


def test_a_long_text_in_one_line_is_built(articles: Path, tmp_path: Path) -> None:
    (articles / "long.txt").write_text("Ada Quill boarded Gannet. " + "The harbour master saw it. " * 80_000)
    result = run("build", articles, "-o", tmp_path / "space")
    assert (result.exit_code, result.stderr) == (0, "")


def test_build_names_a_path_that_is_missing(tmp_path: Path) -> None:
    assert "nowhere" in fails("build", tmp_path / "nowhere", "-o", tmp_path / "space")


def test_build_refuses_a_directory_that_is_no_space(articles: Path) -> None:
    reason = "is not a space (no records.sqlite in it); name an empty or new directory, or a space"
    assert fails("build", articles, "-o", articles) == f"{articles} {reason}"


def test_build_refuses_a_space_that_is_being_written(articles: Path, space: Space) -> None:
    assert "is being written by another process" in fails("build", articles, "-o", space.path)


def test_an_unknown_suffix_lists_those_that_exist(articles: Path, tmp_path: Path, shipped_toy: Toy) -> None:
    line = fails("build", articles, "-o", tmp_path / "graph.xyz")
    assert "'xyz'" in line
    assert "graphml, " in line
    assert shipped_toy.calls == []


def test_a_file_in_a_missing_directory_fails_before_the_work(articles: Path, tmp_path: Path, shipped_toy: Toy) -> None:
    assert "no directory" in fails("build", articles, "-o", tmp_path / "nowhere" / "graph.ttl")
    assert shipped_toy.calls == []


def test_standard_output_needs_a_format(built: str) -> None:
    assert "needs --format" in fails("export", built, "-o", "-")


def test_export_writes_a_file(built: str, tmp_path: Path) -> None:
    assert run("export", built, "-o", tmp_path / "graph.trig").exit_code == 0
    assert b"Ada Quill" in (tmp_path / "graph.trig").read_bytes()


def test_export_writes_records_to_standard_output(built: str) -> None:
    records = [json.loads(line) for line in run("export", built, "-o", "-", "--format", "jsonl").stdout.splitlines()]
    assert {record["record"] for record in records} == {"document", "extraction", "entity", "mention", "statement"}


def test_export_draws_what_is_chosen(built: str, tmp_path: Path) -> None:
    picture = tmp_path / "graph.svg"
    assert run("export", built, "-o", picture, "--around", "Port Merrow", "--hops", "0").exit_code == 0
    assert "Port Merrow" in picture.read_text(encoding="utf-8")
    assert "Ada Quill" not in picture.read_text(encoding="utf-8")
    query = "SELECT ?who { ?who kg:aboard ?ship }"
    assert run("export", built, "-o", picture, "--query", query).exit_code == 0
    assert "Ada Quill" in picture.read_text(encoding="utf-8")


def test_export_refuses_a_part_in_a_format_that_holds_the_whole(tmp_path: Path) -> None:
    assert "ttl holds the whole graph" in fails("export", tmp_path, "-o", tmp_path / "a.ttl", "--around", "Gannet")


def test_export_refuses_an_unknown_suffix(built: str, tmp_path: Path) -> None:
    assert "'xyz'" in fails("export", built, "-o", tmp_path / "graph.xyz")


def test_export_wants_a_space(tmp_path: Path) -> None:
    assert "is not a space" in fails("export", tmp_path, "-o", tmp_path / "graph.ttl")


def test_query_answers_with_a_table(built: str) -> None:
    lines = run("query", built, WHO).stdout.splitlines()
    assert lines == ["name", "---------", "Ada Quill", "Ben Oduya", "", "2 rows"]


def test_query_answers_with_csv(built: str) -> None:
    assert run("query", built, WHO, "--format", "csv").stdout.split() == ["name", "Ada", "Quill", "Ben", "Oduya"]


def test_query_answers_with_json(built: str) -> None:
    answer = json.loads(run("query", built, WHO, "--format", "json").stdout)
    assert [row["name"]["value"] for row in answer["results"]["bindings"]] == ["Ada Quill", "Ben Oduya"]


def test_query_answers_yes_or_no(built: str) -> None:
    assert run("query", built, "ASK { ?who a schema:Person }").stdout == "true\n"


def test_query_constructs_rdf(built: str) -> None:
    result = run("query", built, "CONSTRUCT WHERE { ?who rdfs:label ?name }", "--format", "ttl")
    assert '"Ada Quill"' in result.stdout


def test_query_is_read_from_a_file_or_standard_input(built: str, tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_text(WHO)
    expected = run("query", built, WHO).stdout
    assert run("query", built, f"@{tmp_path / 'who.rq'}").stdout == expected
    assert run("query", built, "-", stdin=WHO).stdout == expected


def test_query_names_a_file_that_is_missing(built: str, tmp_path: Path) -> None:
    path = tmp_path / "who.rq"
    line = fails("query", built, f"@{path}")
    assert line == f"{path}: cannot be read: No such file or directory; after @ stands a file that holds a query"


def test_query_reads_a_file_that_is_not_unicode_as_it_reads_standard_input(built: str, tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_bytes(b"# caf\xe9\n" + WHO.encode())
    assert run("query", built, f"@{tmp_path / 'who.rq'}").stdout == run("query", built, WHO).stdout


def test_query_says_where_the_syntax_is_wrong(built: str) -> None:
    assert "line 1, column" in fails("query", built, "SELECT ?x WHERE { ?x ?y }")


def test_query_warns_of_a_name_that_the_vocabulary_does_not_have(built: str) -> None:
    result = run("query", built, "SELECT ?who { ?who kg:abord ?ship }", "--format", "csv")
    assert (result.exit_code, result.stdout) == (0, "who\n")
    assert result.stderr == "kg: kg:abord is not in the vocabulary; did you mean kg:aboard?\n"
    assert run("query", built, WHO).stderr == ""


def test_query_refuses_an_unknown_format(built: str) -> None:
    assert "'xyz'" in fails("query", built, WHO, "--format", "xyz")


def test_query_wants_a_space(tmp_path: Path) -> None:
    assert "is not a space (no such directory)" in fails("query", tmp_path / "nowhere", WHO)


def test_query_wants_a_finished_build(tmp_path: Path) -> None:
    Space.create(tmp_path / "space").close()
    assert "holds no finished build" in fails("query", tmp_path / "space", WHO)


def test_why_shows_an_entity_and_the_sentences_about_it(built: str) -> None:
    text = run("why", built, "Ada Quill").stdout
    assert text.startswith("Ada Quill  (Person, ")
    assert "Ada Quill aboard Gannet  (asserted, 2021-10-04, score 1.00, " in text
    assert "    [*Ada Quill* boarded *Gannet*].\n    -- Aboard, 2021-10-04, characters 0-24\n" in text


def test_why_shows_what_joins_two_entities(built: str) -> None:
    text = run("why", built, "Ben Oduya", "Gannet").stdout
    assert "[*Ben Oduya* will board *Gannet*] in Port Merrow." in text
    assert "[*Ben Oduya* never boarded *Gannet*], says Ada Quill." in text
    assert "Northern Lines" not in text


def test_why_says_when_nothing_joins_them(built: str) -> None:
    assert run("why", built, "Ben Oduya", "Northern Lines").stdout.startswith("Nothing joins Ben Oduya and")


def test_why_shows_a_statement(built: str) -> None:
    with Space.open(built) as space:
        (statement,) = space.graph().statements(modality="planned", predicate="aboard")
    lines = run("why", built, statement.id).stdout.splitlines()
    assert lines[0].startswith("Ben Oduya aboard Gannet  (planned, ")
    assert len(lines) == 3


def test_why_shows_where_an_entity_is_named_that_nothing_is_said_of(built: str) -> None:
    text = run("why", built, "Port Merrow").stdout
    assert "1 mention in 1 document\n\n    Ben Oduya will board Gannet in [Port Merrow].\n" in text


def test_why_shows_a_triple(built: str) -> None:
    text = run("why", built, "Ben Oduya", "aboard", "Gannet").stdout
    assert "[*Ben Oduya* will board *Gannet*]" in text
    assert run("why", built, "Ada Quill", "leads", "Gannet").stdout == "Nothing says Ada Quill leads Gannet.\n"


def test_why_takes_the_predicates_of_the_schema(built: str) -> None:
    assert "'flies'" in fails("why", built, "Ben Oduya", "flies", "Gannet")


def test_check_lists_a_claim_and_its_denial(built: str) -> None:
    result = run("check", built)
    assert result.exit_code == 1
    assert result.stdout.startswith("Ben Oduya aboard Gannet is stated and denied\n")
    assert "[*Ben Oduya* never boarded *Gannet*]" in result.stdout
    assert "\n1 contradiction\n" in result.stdout
    assert " not in the graph" in result.stdout


def test_check_tells_machines_the_same(built: str) -> None:
    (line,) = run("check", built, "--json").stdout.splitlines()
    assert json.loads(line)["kind"] == "denied"


def test_check_of_what_agrees_with_itself_ends_well(tmp_path: Path) -> None:
    kg.build([DOCUMENTS[0]], into=(space := Space.create(tmp_path / "one")))
    space.close()
    result = run("check", tmp_path / "one")
    assert (result.exit_code, result.stdout) == (0, "0 contradictions\n0 relations not in the graph\n")


def test_why_names_what_it_does_not_know(built: str) -> None:
    assert "'Nobody'" in fails("why", built, "Nobody")


def test_schema_lists_types_and_predicates() -> None:
    text = run("schema").stdout
    assert "Spacecraft" in text
    assert "departsFrom" in text


@pytest.mark.parametrize(("form", "part"), [("--owl", "owl:Ontology"), ("--shacl", "sh:NodeShape")])
def test_schema_is_published_as_turtle(form: str, part: str) -> None:
    assert part in run("schema", form).stdout


def test_schema_is_published_as_json() -> None:
    assert "Person" in json.loads(run("schema", "--json").stdout)["types"]


def test_schema_shows_additions(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[types.Lighthouse]\nlabel = "lighthouse"\nparent = "Place"\n')
    assert "Lighthouse" in run("schema", "--schema", tmp_path / "mine.toml").stdout


def test_schema_names_a_file_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("not toml")
    assert "mine.toml" in fails("schema", "--schema", tmp_path / "mine.toml")


class Unmoved(Said):
    """A joint model that finds nothing in any text."""

    def encode(self, text: str, *, window: int = WINDOW, stride: int = STRIDE) -> Encoded:
        return encoded(text)


@pytest.fixture
def pronouns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """GAP's file with one text, for a model to which the pronoun is neither of the names."""
    monkeypatch.setattr("kg.extract.pipeline.joint", Unmoved)
    head = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL"
    names = ["Ada Quill", "0", "TRUE", "Ben Oduya", "14", "FALSE"]
    row = ["1", "Ada Quill met Ben Oduya and she left", "she", "28", *names, ""]
    (tmp_path / "gap-test.tsv").write_text("\n".join("\t".join(one) for one in (head.split(), row)), encoding="utf-8")
    return tmp_path / "gap-test.tsv"


def test_bench_prints_a_table(pronouns: Path) -> None:
    lines = run("bench", "gap", pronouns).stdout.splitlines()
    assert lines[0] == "gap, 1 texts, 1 names that a pronoun refers to; toy-1"
    assert lines[2].split() == ["pronoun", "P", "R", "F1", "right", "found", "marked"]
    assert lines[4].split() == ["overall", "0.0", "0.0", "0.0", "0", "0", "1"]
    assert "bias, feminine to masculine F1: -" in lines


def test_bench_prints_one_object(pronouns: Path) -> None:
    result = json.loads(run("bench", "gap", pronouns, "--json").stdout)
    assert result["figures"] == {"F1": 0.0, "bias, feminine to masculine F1": None}
    assert result["rows"][0]["pronoun"] == "overall"


def test_bench_takes_what_it_measures_on_from_the_options(pronouns: Path) -> None:
    assert fails("bench", "gap", pronouns, "--fold", "3") == "gap comes in no folds; leave --fold out"
    assert "--limit" in fails("bench", "gap", pronouns, "--limit", "0")


def test_bench_names_what_there_is_to_measure(pronouns: Path) -> None:
    assert "there are: coreference, gap" in fails("bench", "glue", pronouns)


def test_bench_names_a_path_that_is_wrong(tmp_path: Path) -> None:
    assert "gap-development.tsv" in fails("bench", "gap", tmp_path)


def test_progress_shows_on_a_terminal_only(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with pytest.raises(SystemExit) as ended:
        main(["build", str(articles), "-o", str(tmp_path / "space")])
    assert ended.value.code == 0
    assert "\x1b[" in capsys.readouterr().err
