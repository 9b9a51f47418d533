"""Link header fields: read back by a parser, whatever stands in them."""

import pytest
from flask import Response
from werkzeug.http import parse_options_header

from server.link_headers import add, link


def test_each_link_is_a_field_of_its_own() -> None:
    response = Response()
    add(response, "/doc/party/a", "alternate describedby", type="text/turtle")
    add(response, "/doc/party/a?page=2&x=1", "next", title=None)
    assert response.headers.getlist("Link") == [
        '</doc/party/a>; rel="alternate describedby"; type="text/turtle"',
        '</doc/party/a?page=2&x=1>; rel="next"',
    ]


def test_quotes_and_backslashes_are_escaped() -> None:
    text = 'a "b" \\ c; d, e'
    value, options = parse_options_header(link("/x", "next", title=text))
    assert options["title"] == text
    assert value == "</x>"


def test_other_scripts_are_encoded() -> None:
    found = link("/doc/партия/ң", "up", title="Прогресс", anchor="/id/ң")
    assert found.isascii()
    assert found.startswith("</doc/%D0%BF%D0%B0%D1%80%D1%82%D0%B8%D1%8F/%D2%A3>;")
    assert "title*=UTF-8''%D0%9F%D1%80%D0%BE%D0%B3%D1%80%D0%B5%D1%81%D1%81" in found
    assert 'anchor="/id/%D2%A3"' in found


def test_an_address_does_not_break_out_of_its_brackets() -> None:
    assert link('/a> b"\r\n', "next") == '</a%3E%20b%22>; rel="next"'


def test_what_is_encoded_already_stays_so() -> None:
    assert link("/a%20b%2F", "next") == '</a%20b%2F>; rel="next"'


def test_a_keyword_of_python_is_written_with_an_underscore() -> None:
    assert link("/a", "next", type_="text/html") == '</a>; rel="next"; type="text/html"'


@pytest.mark.parametrize("value", ["text/html\r\nX: y", "ң"])
def test_what_no_header_can_hold_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        link("/a", "next", type=value)
