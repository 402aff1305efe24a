"""Tests of finding files: nothing outside the folder is ever served, and every honest name inside is."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servers.guard import Refusal
from servers.http.files.lookup import FolderFound, SlashWanted, look_up
from servers.http.files.opened import Opened
from servers.http.site import Place, decode_path, is_inside, locate, media_type
from tests.conftest import Run
from tests.servers.http.site import SENTINEL, make_folder, serving
from tests.servers.wire import parse, raw, request

UP = [
    "..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "..%00", "%00..",
    "..;", "..;/", "...", "....", "..%20", "%20..", "..%09", "..%0a", "..%0d%0a", "..%ff", "%uff0e%uff0e",
    "%ef%bc%8e%ef%bc%8e", "..%e2%80%8b", "%5c..", "..%5c", "..\\", "\\..", ".", "%2e", "~", "%7e",
]  # fmt: skip
SLASHES = ["/", "//", "%2f", "%2F", "%5c", "\\", "%252f", "%c0%af", "%e2%88%95", "/./", "/sub/../../"]
TRAVERSALS = [
    *(f"{slash}{up}{slash}secret.txt" for up in UP for slash in SLASHES),
    *(f"/sub/{up}/{up}/secret.txt" for up in UP),
    *(f"/{up}site2.txt" for up in UP),
    "/sub/..%2f..%2fsecret.txt",
    "/../site/../secret.txt",
    "/index.html/../../secret.txt",
    "/sub/page.html/..%2f..%2f..%2fsecret.txt",
]
HIDDEN = ["/.env", "/%2eenv", "/%2Eenv", "//.env", "/./.env", "/sub/.hidden", "/sub/%2ehidden", "/sub/../.env"]
HIDDEN += ["/.git/config", "/%2egit/config", "/.git%2fconfig", "/.git/", "/.env/", "/.env%00", "/.env%20", "/.ENV"]
DEVICES = [
    "con",
    "NUL",
    "nul.txt",
    "aux",
    "prn.",
    "COM1",
    "com1.tar.gz",
    "lpt9",
    "lpt¹",
    "CONIN$",
    "conout$",
    "aux .txt",
]


def _fetch(run: Run, root: Path, targets: list[str]) -> dict[str, tuple[int, bytes]]:
    """Status and body for every request target, sent byte for byte as given."""

    async def scenario() -> dict[str, tuple[int, bytes]]:
        async with serving(root) as server:
            answers = {}
            for target in targets:
                reply = parse(await raw(server.port, request("GET", target)))
                answers[target] = (reply.status, reply.body)
            return answers

    return run(scenario())


def test_no_encoding_leads_out_of_the_folder(run: Run, tmp_path: Path) -> None:
    absolute = [f"{prefix}{tmp_path}/secret.txt" for prefix in ("", "/", "//", "file://", "/file:", "http://localhost")]
    targets = [*TRAVERSALS, *absolute]
    assert len(targets) > 300
    answers = _fetch(run, make_folder(tmp_path), targets)
    assert not [target for target, (_, body) in answers.items() if SENTINEL in body]
    assert {status for status, _ in answers.values()} == {400, 404}


def test_hidden_files_are_not_there(run: Run, tmp_path: Path) -> None:
    answers = _fetch(run, make_folder(tmp_path), HIDDEN)
    assert {status for status, _ in answers.values()} == {404}


def test_well_known_is_there(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / ".well-known").mkdir()
    (root / ".well-known" / "security.txt").write_text("Contact: us")
    (root / ".well-known" / ".hidden").write_bytes(SENTINEL)
    answers = _fetch(run, root, ["/.well-known/security.txt", "/.well-known/.hidden"])
    assert [status for status, _ in answers.values()] == [200, 404]


def test_names_that_another_system_takes_for_something_else(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    names = [*DEVICES, "C:", "C:x", "page.html::$DATA", "a\\b", "trailing.", "trailing "]
    for name in names:
        (root / name).write_bytes(SENTINEL)
    answers = _fetch(run, root, [f"/{quote(name)}" for name in names])
    assert {status for status, _ in answers.values()} == {404}


@pytest.mark.parametrize(
    "name",
    [
        "plain.txt", "two words.txt", "%20.txt", "100%.txt", "#1.txt", "what?.txt", "a&b=c;d.txt", "'single'.txt",
        '"double".txt', "<b>.txt", "emoji 🙂.txt", "é.txt", "e\u0301.txt", "new\nline.txt", "tab\t.txt", "\x1b[31m.txt",
        "a+b.txt", "*.txt", "|.txt", "[x].txt", "console.txt", "com10.txt", "null", "x" * 251 + ".txt",
    ],
)  # fmt: skip
def test_every_honest_name_is_served(run: Run, tmp_path: Path, name: str) -> None:
    root = make_folder(tmp_path)
    (root / name).write_text("here")
    assert _fetch(run, root, [f"/{quote(name)}"]) == {f"/{quote(name)}": (200, b"here")}


@pytest.mark.parametrize("length", [256, 300, 4000])
def test_a_name_that_no_file_can_have(run: Run, tmp_path: Path, length: int) -> None:
    target = "/" + "x" * length
    assert _fetch(run, make_folder(tmp_path), [target])[target][0] == 404


def test_a_path_that_no_system_takes(run: Run, tmp_path: Path) -> None:
    target = "/sub" * 1500
    assert _fetch(run, make_folder(tmp_path), [target])[target][0] == 404


def test_links_inside_are_fine_and_links_outside_are_not_there(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "in.html").symlink_to(root / "sub" / "page.html")
    (root / "in").symlink_to("sub")
    (root / "sub" / "up").symlink_to("..")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "out").symlink_to(tmp_path)
    (root / "loop").symlink_to("loop")
    (root / "dangling").symlink_to("nothing")
    answers = _fetch(run, root, ["/in.html", "/in/page.html", "/in/", "/sub/up/index.html"])
    assert [body for _, body in answers.values()] == [b"page", b"page", b"sub home", b"home"]
    outside = ["/out.txt", "/out/secret.txt", "/out/", "/in/up/../secret.txt", "/loop", "/loop/x", "/dangling"]
    assert {status for status, _ in _fetch(run, root, outside).values()} == {404}


def test_the_start_page_of_a_folder_may_be_a_link_to_elsewhere_inside(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "linked").mkdir()
    (root / "linked" / "index.html").symlink_to(root / "index.html")
    (root / "trap").mkdir()
    (root / "trap" / "index.html").symlink_to(tmp_path / "secret.txt")
    answers = _fetch(run, root, ["/linked/", "/trap/"])
    assert answers["/linked/"] == (200, b"home")
    assert answers["/trap/"][0] == 404


def test_the_root_itself_may_be_a_link(run: Run, tmp_path: Path) -> None:
    make_folder(tmp_path)
    (tmp_path / "alias").symlink_to("site")
    assert _fetch(run, tmp_path / "alias", ["/sub/page.html"]) == {"/sub/page.html": (200, b"page")}


def test_a_root_that_is_gone(run: Run, tmp_path: Path) -> None:
    assert _fetch(run, tmp_path / "nowhere", ["/"])["/"][0] == 404


@pytest.mark.parametrize("swap_folder", [False, True])
def test_a_link_put_there_between_the_check_and_the_opening(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap_folder: bool
) -> None:
    root = make_folder(tmp_path)
    (tmp_path / "page.html").write_bytes(SENTINEL)

    def look_up_then_swap(folder: Path, path: str) -> Place:
        place = look_up(folder, path)
        if swap_folder and not (root / "sub").is_symlink():
            (root / "sub").rename(root / "moved")
            (root / "sub").symlink_to(tmp_path)
        elif not swap_folder:
            place.real.unlink()
            place.real.symlink_to(tmp_path / "secret.txt")
        return place

    monkeypatch.setattr("servers.http.files.finding.look_up", look_up_then_swap)
    assert _fetch(run, root, ["/sub/page.html"])["/sub/page.html"][0] == 404


def test_is_inside_of_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with path.open() as file:
        assert is_inside(file.fileno(), path.resolve())
        path.unlink()
        assert not is_inside(file.fileno(), path.resolve())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.HTML", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.ico", "image/vnd.microsoft.icon"),
        ("a.wasm", "application/wasm"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.svgz", "application/octet-stream"),
        ("a.unknown", "application/octet-stream"),
        ("README", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_media_type(name: str, expected: str) -> None:
    assert media_type(Path("/folder") / name) == expected


@given(st.text(alphabet=st.characters(max_codepoint=255)) | st.from_regex(r"/(%[0-9a-f]{2}|[./a])*", fullmatch=True))
def test_a_target_is_decoded_once_or_refused(target: str) -> None:
    try:
        path = decode_path(target)
    except Refusal:
        return
    assert path.startswith("/")
    assert decode_path(quote(path)) == path


@example(b"/\xff")
@given(st.binary(max_size=40) | st.from_regex(rb"/(\.\.|sub|site|%2e|%2f|[/\\%.~]|secret\.txt|\.env)*", fullmatch=True))
def test_no_bytes_of_a_path_yield_a_file_outside(tmp_path_factory: pytest.TempPathFactory, raw_path: bytes) -> None:
    root = tmp_path_factory.getbasetemp() / "bytes" / "site"
    if not root.exists():
        make_folder(root.parent)
        (root / "out").symlink_to(root.parent)
    for target in (raw_path.decode("utf-8", "surrogateescape"), "/" + quote(raw_path), "/out" + quote(raw_path)):
        try:
            place = look_up(root, decode_path(target))
            with Opened(place) as opened:
                assert SENTINEL not in opened.whole_now()
        except (Refusal, FolderFound, SlashWanted):
            continue


@given(st.lists(st.sampled_from(["..", ".", "sub", "page.html", "", "\0", "a\\", "C:", "nul", "x" * 300, "é", "~"])))
def test_whatever_is_found_is_inside(tmp_path_factory: pytest.TempPathFactory, segments: list[str]) -> None:
    root = tmp_path_factory.getbasetemp() / "whatever" / "site"
    if not root.exists():
        make_folder(root.parent)
    try:
        found = locate(root, "/" + "/".join(segments))
    except Refusal:
        return
    assert found.is_relative_to(root.resolve())
    assert found.exists()
