"""Names of options."""

from desktop.explorer.curl import options


def test_names_in_full_and_by_their_beginning() -> None:
    assert options.long_name("header") == "header"
    assert options.long_name("sil") == "silent"
    assert options.long_name("data") == "data"
    assert options.long_name("data-u") == "data-urlencode"
    assert options.long_name("prox") is None
    assert options.long_name("") is None


def test_switches_are_turned_off() -> None:
    assert options.switch_named("no-basic") == ("basic", False)
    assert options.switch_named("no-header") is None
    assert options.switch_named("nothing") is None


def test_letters() -> None:
    assert options.short_name("N") == ("buffer", False)
    assert options.short_name("s") == ("silent", True)
    assert options.short_name("&") is None
