"""The text of a form and its rows say the same, to the byte."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model import form_body
from desktop.explorer.model.form_body import FormRow


@pytest.mark.parametrize(
    "text", ["", "a", "a=", "=a", "&", "a=1&a=1&&b==2", "a=%20+é &c", "a=1 &\n  b = 2\n", "a=x\ny&b"]
)
def test_rows_give_the_text_again(text: str) -> None:
    assert form_body.text(form_body.rows(text)) == text


@given(st.text(alphabet="ab=&%+ \n\té", max_size=30))
def test_rows_give_any_text_again(text: str) -> None:
    assert form_body.text(form_body.rows(text)) == text


def test_rows_show_what_was_typed() -> None:
    assert form_body.rows("a=%20&b&c=") == (FormRow("a", "%20"), FormRow("b", "", equals=False), FormRow("c", ""))
    assert [(row.name, row.value) for row in form_body.rows("a=1&\n  b=2")] == [("a", "1"), ("b", "2")]


def test_changing_a_row_leaves_the_others() -> None:
    first, second = form_body.rows("a=1&\n  b=%7e")
    assert form_body.text((replace(first, value="x"), second)) == "a=x&\n  b=%7e"


def test_what_would_end_a_member_is_encoded() -> None:
    row = FormRow("a=b&c", "1=2&3")
    assert form_body.text((row,)) == "a%3Db%26c=1=2%263"


def test_rows_that_are_ticked_off_are_not_in_the_text() -> None:
    assert form_body.text((FormRow("a", "1", enabled=False), FormRow("b", "2"))) == "b=2"


def test_encoding_is_done_on_demand_and_leaves_variables() -> None:
    row = FormRow("é", "a b%20+{{my name}}/")
    assert form_body.encoded(row) == FormRow("%C3%A9", "a+b%20+{{my name}}/")
    assert not form_body.is_fit("a b")
    assert form_body.is_fit("a+%20{{my name}}")
