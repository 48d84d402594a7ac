from kg.model import Entity
from resolve.toys import one_each, resolved


def ids(entities: list[Entity]) -> list[str]:
    return [entity.id for entity in entities]


def test_an_entity_has_its_best_name_and_all_others() -> None:
    (entity,) = one_each(
        ("Person", "Klim Schipenko", "Schipenko"), ("Person", "Dr. Klim Šipenko"), ("Person", "Klim Schipenko")
    )
    assert (entity.id, entity.name) == ("klim-schipenko", "Klim Schipenko")
    assert entity.aliases == ("Dr. Klim Šipenko", "Schipenko")


def test_mentions_of_every_kind_are_in_the_order_of_the_text() -> None:
    (entity,) = resolved((("Vehicle", "Gannet", "(the ship)", "Gannet"),), (("Vehicle", "Gannet"),))
    assert entity.mentions == ("d0#char=0,6", "d0#char=1000,1010", "d0#char=2000,2006", "d1#char=0,6")


def test_a_name_in_capitals_is_no_alias() -> None:
    (entity,) = one_each(("Place", "Baikonur"), ("Place", "BAIKONUR"))
    assert (entity.name, entity.aliases) == ("Baikonur", ())


def test_a_country_has_one_id_and_its_wikidata_and_geonames_items() -> None:
    (entity,) = one_each(("Place", "USA"), ("Place", "U.S."), ("Place", "USA"))
    assert (entity.id, entity.name, entity.subtype) == ("united-states", "USA", "Country")
    assert entity.same_as == ("http://www.wikidata.org/entity/Q30", "https://sws.geonames.org/6252001/")
    assert entity.country == "US"


def test_type_and_subtype_go_by_majority() -> None:
    (entity,) = resolved((("Vehicle/Ship", "Gannet"),), (("Vehicle", "Gannet"),))
    assert (entity.type, entity.subtype) == ("Vehicle", "Ship")


def test_of_homographs_the_one_in_most_documents_keeps_the_slug() -> None:
    entities = one_each(("Person", "Paris Hilton"), ("Place", "Paris Hilton"), ("Place", "Paris Hilton"))
    assert [(entity.id, entity.type) for entity in entities][0] == ("paris-hilton", "Place")
    assert entities[1].id.startswith("paris-hilton-")


def test_a_bare_surname_always_has_a_suffix() -> None:
    (entity,) = one_each(("Person", "Quill"))
    assert entity.id.startswith("quill-")


def test_an_unrelated_document_renames_nothing() -> None:
    documents = [(("Person", "Quill"), ("Place", "Gannet"), ("Vehicle", "Gannet"))]
    assert {*ids(resolved(*documents))} < {*ids(resolved(*documents, (("Person", "Ben Oduya"), ("Vehicle", "Merrow"))))}
