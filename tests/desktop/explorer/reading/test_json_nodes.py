"""Tests of the tree of values: order, duplicates and text as received, from any size of source."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.explorer.reading import json_marks
from desktop.explorer.reading.json_nodes import JsonNodes, Kind, Node, count_children
from desktop.explorer.reading.json_places import normalized, steps_of
from desktop.explorer.sending.blob import Blob
from tests.desktop.explorer.reading.test_json_rows import VALUES, marked


def nodes_of(data: bytes) -> JsonNodes:
    return JsonNodes(Blob(data), marked(data))


def read(nodes: JsonNodes, node: Node) -> list[Node]:
    """All children."""
    while nodes.more(node):
        pass
    return node.children


def plain(nodes: JsonNodes, node: Node) -> object:
    """The value of a node, by way of the tree; members as pairs."""
    children = read(nodes, node)
    if node.kind is Kind.OBJECT:
        return {str(nodes.step(child)): plain(nodes, child) for child in children}
    if node.kind is Kind.ARRAY:
        return [plain(nodes, child) for child in children]
    assert node.end is not None
    return json.loads(nodes._blob.read(node.start, node.end - node.start))


@given(VALUES, st.sampled_from([None, 2]), st.integers(6, 60))
@settings(max_examples=40)
def test_the_tree_has_the_values(value: object, indent: int | None, cell: int) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_marks, "CELL", cell)
        nodes = nodes_of(data)
    (root,) = read(nodes, nodes.body)
    assert plain(nodes, root) == value
    assert (root.start, root.end) == (0, len(data))


def test_names_values_and_paths_as_received() -> None:
    nodes = nodes_of(
        b'{"b":1.50,"a":1736184243098437392,"b":{"x\\u0041":[ ]},"c":[{},[1,{"q":[3,4]},"]"]],"t":"\\u202e"}'
    )
    (root,) = read(nodes, nodes.body)
    children = read(nodes, root)
    assert [(nodes.name(child), nodes.value(child)) for child in children] == [
        ("b", "1.50"),
        ("a", "1736184243098437392"),
        ("b", "{1}"),
        ("c", "[2]"),
        ("t", '"\\u202e"'),
    ]
    assert nodes.value(root) == "{5}"
    inner = read(nodes, children[2])[0]
    assert (nodes.name(inner), nodes.path(inner)) == ("x\\u0041", "$['b']['xA']")
    assert nodes.source(children[3], 100) == '[{},[1,{"q":[3,4]},"]"]]'
    assert nodes.source(children[3], 5) is None
    deep = read(nodes, read(nodes, children[3])[1])[1]
    assert nodes.path(deep) == "$['c'][1][1]"


def test_several_values() -> None:
    nodes = nodes_of(b'{"a":1}\n[2]\n3 "x"\n')
    found = read(nodes, nodes.body)
    assert [(nodes.name(node), nodes.value(node)) for node in found] == [
        ("$", "{1}"),
        ("$ (2)", "[1]"),
        ("$ (3)", "3"),
        ("$ (4)", '"x"'),
    ]
    assert nodes.path(read(nodes, found[1])[0]) == "$[0]"


def test_long_values_are_passed_over() -> None:
    long = {"text": "é\\" * 60_000, "list": list(range(50_000)), "number": 5, "deep": [[[["x"] * 20_000]]], "z": None}
    data = json.dumps(long, ensure_ascii=False).encode()
    nodes = nodes_of(data)
    (root,) = read(nodes, nodes.body)
    children = {nodes.name(child): child for child in read(nodes, root)}
    for name, child in children.items():
        assert child.end is not None
        assert json.loads(data[child.start : child.end]) == long[name]
    assert nodes.value(children["list"]).startswith("[…] ")
    assert nodes.value(children["text"]).endswith("…")
    assert len(read(nodes, children["list"])) == 50_000
    assert nodes.value(children["list"]) == "[50,000]"


def test_a_batch_is_bounded() -> None:
    nodes = nodes_of(json.dumps(list(range(5_000))).encode())
    nodes.more(nodes.body)
    assert 0 < len(nodes.more(nodes.body.children[0])) <= 500


@pytest.mark.parametrize(
    "data", [b"[1,2", b'{"a":', b'{"a', b'{"a":"x', b"[[", b"]", b"{]}", b":::", b'{"a" 1}', b"", b" ,"]
)
def test_what_is_not_json_ends_somewhere(data: bytes) -> None:
    nodes = nodes_of(data)
    for child in read(nodes, nodes.body):
        for inner in read(nodes, child):
            nodes.name(inner), nodes.value(inner), nodes.path(inner)


def test_reading_goes_on_when_more_is_marked() -> None:
    data = b'[1,{"a":[1,2'
    marks, blob = marked(data), Blob(data + b',3]},"end"]')
    nodes = JsonNodes(blob, marks)
    (root,) = read(nodes, nodes.body)
    assert [nodes.value(child) for child in read(nodes, root)] == ["1", "{…}"]
    whole = marked(blob.read())
    marks.list, marks.scanned = whole.list, whole.scanned
    assert [nodes.value(child) for child in read(nodes, root)] == ["1", "{1}", '"end"']
    assert root.complete


@pytest.mark.parametrize(
    ("text", "count"),
    [("[]", 0), ("[ ]", 0), ("{}", 0), ("[1]", 1), ('["a,b",[1,2,[3]],{"x":[1,2]}]', 3), ('{"a":",","b":{}}', 2)],
)
def test_counting_children(text: str, count: int) -> None:
    assert count_children(text.encode()) == count


@given(st.lists(st.text(max_size=5) | st.integers(0, 10**6)))
def test_normalized_paths_are_read_back(steps: list[str | int]) -> None:
    assert steps_of(normalized(steps)) == steps


@pytest.mark.parametrize("path", ["", "$.a", "$[", "$[01]", "$['a'", "a", "$['\\q']"])
def test_what_is_not_a_normalized_path(path: str) -> None:
    with pytest.raises(ValueError, match=r"is not a path|escape"):
        steps_of(path)
