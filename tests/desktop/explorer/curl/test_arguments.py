"""What the options of one command say."""

from desktop.explorer.curl.arguments import Operation, operations


def told(*words: str) -> tuple[Operation, list[str]]:
    warnings: list[str] = []
    (operation,) = operations(words, warnings)
    return operation, warnings


def test_letters_stand_together() -> None:
    operation, warnings = told("-sXPOST", "-kd", "a", "h")
    assert operation.texts == {"request": "POST"}
    assert operation.on("insecure")
    assert operation.data == [("data", "a")]
    assert operation.urls == [("url", "h")]
    assert warnings == []


def test_what_comes_behind_two_dashes_is_a_url() -> None:
    operation, _ = told("--", "-k", "--data")
    assert [url for _, url in operation.urls] == ["-k", "--data"]


def test_the_last_one_counts() -> None:
    operation, _ = told("--digest", "--no-digest", "-X", "A", "-XB")
    assert not operation.on("digest")
    assert operation.texts["request"] == "B"


def test_next_begins_anew() -> None:
    first, second = operations(["-k", "a", "--next", "b"], [])
    assert (first.on("insecure"), second.on("insecure")) == (True, False)
    assert second.urls == [("url", "b")]


def test_what_has_no_meaning_here_is_left_out_unsaid() -> None:
    assert told("-sSv#fiOJ", "-o", "x", "-w", "%{http_code}", "--compressed", "-N", "h")[1] == []


def test_what_cannot_be_carried_over_is_named() -> None:
    operation, warnings = told("--ntlm", "--resolve", "a:1:b", "--quark", "-&", "h", "-d")
    assert operation.urls == [("url", "h")]
    assert [next(word for word in one.split() if "-" in word) for one in warnings] == [
        "--ntlm",
        "--resolve",
        "“--quark”",
        "“-&”",
        "--data",
    ]


def test_an_equals_sign_is_read_as_meant() -> None:
    operation, warnings = told("--data=a=b", "h")
    assert operation.data == [("data", "a=b")]
    assert "--data" in warnings[0]
