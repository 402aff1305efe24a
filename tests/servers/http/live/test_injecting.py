"""Tests of where the script goes in pages, sound and broken ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.http.live import inject
from servers.http.live.injecting import LARGEST, TAG

HERE = b"<<here>>"


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body>text<<here>></body></html>\n",
        b"<BODY>text<<here>></BODY\n ></HTML>",
        b"<body></body>text<<here>></body>",
        b"\xef\xbb\xbf<body><<here>></body>",
        b"\xff\xfa no text at all <body><<here>></body>",
        b"<<here>>",
        b"no markup<<here>>",
        b"<p>1 < 2 <3 <<<here>>",
        b"<body>text<<here>></body><!-- </body> -->",
        b"<body>text<<here>></body><!-- </body> --!>",
        b"<body><!--><<here>></body>",
        b"<body><!---><<here>></body>",
        b"<body><<here>></body><!-- never closed </body>",
        b"<body><<here>></body><script>'</body>'</script>",
        b"<body><<here>></body><script>'</body>'</scripts></body></script>",
        b"<body><<here>></body><script><!-- <script> </script> </body> --></script>",
        b"<body><script><!-- <script> </script> --></script><<here>></body>",
        b"<body><script><!-- </script><<here>></body>",
        b"<body><script><!--></script><<here>></body>",
        b"<body><script><!-- 1 --> <script> </script><<here>></body>",
        b"<body><<here>></body><script>never closed </body>",
        b"<body><<here>></body><style></body></style><textarea></body></textarea><title></body></title>",
        b"<body><<here>></body><noscript></body></noscript><iframe></body></iframe><plaintext></body>",
        b"<body><<here>></body><p title='</body>'>",
        b'<body><<here>></body><p title = "</body>">',
        b"<body><p title=it's><<here>></body><p title='x'>",
        b"<body><p =\"x'><<here>></body><p title='x'>",
        b"<body><<here>></body><p title='</body>",
        b"<body><<here>></body><svg><![CDATA[ > </body> ]]></svg></body>",
        b"<body></body><svg><![CDATA[ </body ]]></svg><<here>></body>",
        b"<body><<here>></body><title></title x='</title></body>",
        b"<body><?php </body> ?><<here>></body>",
        b"<body></ </body><<here>></body>",
        b"<body></><<here>></body>",
        b"<body></bodyguard><<here>></body>",
        b"<body><<here>></body/ x='</body>'>",
        b'<!DOCTYPE html PUBLIC "a>b"><body><<here>></body>',
        b"<body><a/b=c></a><<here>></body>",
    ],
)
def test_the_script_goes_before_the_last_end_of_the_body(page: bytes) -> None:
    before, after = page.split(HERE)
    assert inject(before + after) == before + TAG + after


@pytest.mark.parametrize(
    "page",
    [
        "<body>é</body>".encode("utf-16"),
        "<body>é</body>".encode("utf-16-be"),
        "<body>é</body>".encode("utf-32"),
        "<body>日本</body>".encode("iso2022_jp"),
        b"<p>text<!-- never closed",
        b"<p>text<script>never closed",
        b"<p>text<title>never closed</titl",
        b"<p>text<plaintext>",
        b"<p title='",
        b'<p title="x',
        b"<p",
        b"text</",
        b"text<!",
        b" " * (LARGEST + 1),
    ],
)
def test_pages_in_which_it_cannot_be_placed_are_left_alone(page: bytes) -> None:
    assert inject(page) == page


PIECES = [
    b"</body>", b"<body>", b"<!--", b"-->", b"--!>", b"<!", b"<script>", b"</script>", b"<style>", b"</style>",
    b"<title>", b"</title>", b"<p a='", b'<p a="', b"<p a=", b"'", b'"', b">", b"<", b"</", b"/", b"=", b" ", b"x",
    b"<![CDATA[", b"]]>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join) | st.binary())
def test_nothing_of_a_page_is_lost(page: bytes) -> None:
    result = inject(page)
    assert result == page or result.replace(TAG, b"", 1) == page
    assert result.count(TAG) - page.count(TAG) in (0, 1)
