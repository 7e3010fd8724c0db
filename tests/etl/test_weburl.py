"""When two addresses are one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.weburl import normal_url, page_host, page_name, url_key


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTPS://WWW.A.Example/X#top ", "https://www.a.example/X"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80/x", "http://a.example/x"),
        ("https://a.example:80/x", "https://a.example:80/x"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("https://a.example/x?utm_source=rss&id=3&UTM_Medium=feed", "https://a.example/x?id=3"),
        ("https://a.example/x?fbclid=abc", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?b=2&a=1"),
        ("https://a.example/x?", "https://a.example/x"),
        ("https://a.example/%D8%A7?q=%26", "https://a.example/%D8%A7?q=%26"),
        ("https://User:Pass@A.example/", "https://User:Pass@a.example/"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"),
        ("no address", "no address"),
        ("https://[broken", "https://[broken"),
        ("", ""),
    ],
)
def test_normal_form(url: str, normal: str) -> None:
    assert normal_url(url) == normal


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.example/x/", "https://a.example/x?utm_campaign=rss#top", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x", "https://b.example/x", False),
        ("https://a.example/x", "https://a.example/X", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("no address", "no other", False),
    ],
)
def test_one_page_or_two(one: str, other: str, same: bool) -> None:
    assert (url_key(one) == url_key(other)) is same


def test_page_and_host() -> None:
    url = "https://www.A.example/x/?utm_source=1"
    assert (page_name(url), page_host(url)) == ("a.example/x?utm_source=1", "a.example")
    assert (page_name("no address"), page_host("https://[broken")) == ("", "")


@given(st.text() | st.from_regex(r"https?://[^\s/]*/\S*"))
def test_any_text_has_one_normal_form(text: str) -> None:
    assert normal_url(normal_url(text)) == normal_url(text)
    assert url_key(normal_url(text)) == url_key(text)
