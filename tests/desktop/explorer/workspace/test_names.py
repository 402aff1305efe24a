"""Names that any system takes, and those that are refused."""

import pytest

from desktop.explorer.workspace.names import Refused, checked_file_name, checked_name, free_name, natural


@pytest.mark.parametrize("name", ["orders", "Größe 1", "a.b", "日本", "COMputer", "x-y_z (2)"])
def test_usual_names_are_taken(name: str) -> None:
    assert checked_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        ".",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "a:b",
        "what?",
        "a\nb",
        "CON",
        "nul.http",
        "a.",
        "x" * 300,
        "é" * 200,
    ],
)
def test_others_are_refused(name: str) -> None:
    with pytest.raises(Refused, match=r"\.$"):
        checked_name(name)


def test_files_have_a_suffix() -> None:
    assert checked_file_name("orders") == "orders.http"
    assert checked_file_name("orders.rest") == "orders.rest"
    assert checked_file_name("orders.v2", ".rest") == "orders.v2.rest"
    with pytest.raises(Refused, match="speaks for its folder"):
        checked_file_name("_folder")


def test_the_first_free_number_is_taken() -> None:
    taken = {"a.http", "a 2.http", "New"}
    assert free_name("b.http", taken.__contains__) == "b.http"
    assert free_name("a.http", taken.__contains__) == "a 3.http"
    assert free_name("New", taken.__contains__) == "New 2"


def test_numbers_in_names_count() -> None:
    assert sorted(["10", "9", "a10b", "A9b", "²", ""], key=natural) == ["", "9", "10", "A9b", "a10b", "²"]
