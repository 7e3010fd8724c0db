"""Texts of others: one line, bounded, and nothing that tells of this machine or opens a door."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.plain import MOST, plain


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("The server refuses the feed (403).", "The server refuses the feed (403)."),
        ("<b onclick=alert(1)>bold</b>", "<b onclick=alert(1)>bold</b>"),
        ("two\r\nlines\tand\x00more", "two lines and more"),
        ("\u202eدمشق\u2066", "دمشق"),
        ("lone \ud800 half", "lone half"),
        ("can't open /srv/tracker/data/sources.toml: denied", "can't open …/sources.toml: denied"),
        ("path='/srv/me/x.sqlite', locked", "path='…/x.sqlite', locked"),
        (r"C:\Users\me\tracker.sqlite is locked", "…/tracker.sqlite is locked"),
        ("sqlite:////var/lib/tracker.sqlite", "sqlite:///…/tracker.sqlite"),
        ("sqlite+pysqlite:////var/lib/tracker.sqlite", "sqlite+pysqlite:///…/tracker.sqlite"),
        ("see https://example.org/a/b/feed.xml", "see https://example.org/a/b/feed.xml"),
        ("https://example.org/feed?token=secret#x failed", "https://example.org/feed failed"),
        ("postgresql://me:secret@db/tracker", "postgresql://db/tracker"),
        ("and/or 3/4 of km/h", "and/or 3/4 of km/h"),
        (None, ""),
        (7, ""),
        (["a"], ""),
    ],
)
def test_what_is_shown(given: object, shown: str) -> None:
    assert plain(given) == shown


@given(st.text(max_size=3000))
@example("/a" * 2000)
@example("=/" * 2000)
@example("://" * 2000 + "@")
def test_always_one_short_line_that_can_be_sent(text: str) -> None:
    found = plain(text)
    assert len(found) <= MOST
    assert not {unicodedata.category(c) for c in found} & {"Cc", "Cs", "Zl", "Zp"}
    found.encode()
