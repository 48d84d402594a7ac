"""How answers draw themselves: rows as a table, triples as a graph, and never more than they say."""

from sample import small

from kg.web.answer import mimebundle, scene_of


def test_rows_are_a_table() -> None:
    data, _ = mimebundle(small().query("SELECT ?a { ?a a schema:Person }"))
    assert "<td>ent:ada-quill</td>" in data["text/html"]
    assert data["text/plain"] == "<Result: 3 rows>"
    assert "<img" not in data["text/html"]


def test_an_answer_is_yes_or_no() -> None:
    assert mimebundle(small().query("ASK { ?a kg:leads ?b }"))[0] == {
        "text/plain": "<Result: true>",
        "text/html": "true",
    }


def test_triples_are_a_graph_with_names_and_types() -> None:
    made = "CONSTRUCT { ?a kg:leads ?b ; a ?t ; rdfs:label ?n } { ?a kg:leads ?b ; a ?t ; rdfs:label ?n }"
    result = small().query(made)
    scene = scene_of(result)
    assert {(node.name, node.type) for node in scene.nodes} == {("Ada Quill", "Person"), ("merrow-lines", "Thing")}
    assert [edge.label for edge in scene.edges] == ["leads"]
    html = mimebundle(result)[0]["text/html"]
    assert html.startswith("<img")
    assert "<summary>3 triples</summary><table>" in html


def test_a_predicate_of_the_query_has_its_own_name() -> None:
    made = "CONSTRUCT { ?a <https://example.org/terms#shipmate> ?b } { ?a kg:spouse|schema:spouse ?b }"
    assert [edge.label for edge in scene_of(small().query(made)).edges][0].endswith("shipmate")


def test_what_is_too_much_is_counted() -> None:
    result = small().query("CONSTRUCT { ?a ?p ?b } { ?a ?p ?b FILTER isIRI(?b) }")
    scene = scene_of(result, limit=1)
    assert len(scene.edges) == 1
    assert scene.omitted.edges == len([row for row in result.rows if "#type" not in str(row[1])]) - 1


def test_a_long_table_says_how_much_is_left() -> None:
    result = small().query("SELECT ?x ?y { ?x ?p ?o . ?y ?q ?r }")
    assert f"the first 200; {len(result) - 200:,} more are in rows" in result._repr_html_()
    assert result._repr_html_().count("<tr>") == 201
