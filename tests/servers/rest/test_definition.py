"""Collections: their singular names, and the relations that member names say."""

import pytest

from servers.rest.definition import Definition, Relation, relations


@pytest.mark.parametrize(
    ("name", "singular"),
    [
        ("players", "player"),
        ("people", "person"),
        ("children", "child"),
        ("categories", "category"),
        ("boxes", "box"),
        ("addresses", "address"),
        ("courses", "course"),
        ("class", "class"),
        ("data", "data"),
        ("s", "s"),
    ],
)
def test_the_name_of_one_of_many(name: str, singular: str) -> None:
    assert Definition(name, {}).singular == singular


def collection(name: str, *members: str) -> Definition:
    return Definition(name, {"properties": {member: {} for member in members}})


def test_members_that_end_in_id_point_into_collections() -> None:
    definitions = [
        collection("posts", "personId", "category_id", "title", "id", "nobodyId", "Id"),
        collection("people"),
        collection("categories", "parentId"),
    ]
    assert relations(definitions) == (
        Relation("posts", "personId", "people", "person"),
        Relation("posts", "category_id", "categories", "category"),
    )
