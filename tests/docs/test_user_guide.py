"""The guide says what the pages say: every address opens, and every quotation stands on its page.

An address is a line of code that begins with `/`; the quotations (`> ...`) after it are of that page.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dash
import pytest
from dash.development.base_component import Component

from dashboard.app import create_app
from dashboard.components.still import Still

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "user-guide.md"
UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]|\N{WORD JOINER}")


def spoken_of(text: str) -> Iterator[tuple[str, str]]:
    """Address and quotation, in the order of the guide; an address without one has the quotation ''."""
    address, told = "", True
    for line in text.splitlines():
        if found := re.fullmatch(r"`(/\S*)`", line.strip()):
            if not told:
                yield address, ""
            address, told = found[1], False
        elif line.startswith("> "):
            assert address, f"a quotation before any address: {line}"
            told = True
            yield address, line[2:].strip()
    if not told:
        yield address, ""


CASES = list(spoken_of(GUIDE.read_text("utf-8")))


def plain(text: str) -> str:
    """Without marks of direction; every kind of space is one space."""
    return re.sub(r"\s+", " ", UNSEEN.sub("", text)).strip()


def words(part: Any) -> Iterator[str]:
    """The texts of a component, of what it holds, and of `Still` parts."""
    match part:
        case Still():
            yield from words(part.content)
        case Component():
            yield from words(getattr(part, "children", None))
        case {"props": props}:
            yield from words(props.get("children"))
        case list() | tuple():
            for one in part:
                yield from words(one)
        case str() | int():
            yield str(part)


@pytest.fixture(scope="module")
def app() -> Any:
    return create_app(ROOT / "data")


@pytest.fixture(scope="module")
def read(app: Any) -> Any:
    """What a page says; read once for each address."""
    known: dict[str, str] = {}

    def text(address: str) -> str:
        if address not in known:
            known[address] = _html(app, address) if address.startswith("/brief") else _page(app, address)
        return known[address]

    return text


def _html(app: Any, address: str) -> str:
    page = app.server.test_client().get(address).get_data(as_text=True)
    return plain(unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", "", page))))


def _page(app: Any, address: str) -> str:
    split = urlsplit(address)
    query = dict(parse_qsl(split.query))
    with app.server.test_request_context(address):
        for page in dash.page_registry.values():
            pattern = page["path_template"] or page["path"]
            if found := re.fullmatch(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", pattern), split.path):
                return plain("".join(words(sys.modules[page["module"]].layout(**found.groupdict(), **query))))
    raise AssertionError(f"no page has the address {address}")


@pytest.mark.parametrize("address", sorted({address for address, _ in CASES}))
def test_every_address_opens(app: Any, address: str) -> None:
    assert app.server.test_client().get(address).status_code == 200


@pytest.mark.parametrize(("address", "said"), CASES)
def test_every_quotation_stands_on_its_page(read: Any, address: str, said: str) -> None:
    assert read(address), "a page without words"
    assert plain(said) in read(address)


def test_the_guide_speaks_of_the_shipped_release_and_shows_its_pictures() -> None:
    guide = GUIDE.read_text("utf-8")
    assert len(CASES) > 20
    assert f"release {json.loads((ROOT / 'data' / 'current.json').read_text())['release']}" in guide
    for image in re.findall(r"\]\((images/[^)]+)\)", guide):
        assert (GUIDE.parent / image).is_file(), image
