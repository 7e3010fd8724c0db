"""The banner of a pinned page, the page of changes and its feed, over HTTP."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.cite.asked import asked
from dashboard.cite.feed import NAMESPACE, atom
from dashboard.cite.news import this_week
from dashboard.cite.recent import MACHINE_FROM, by_machine, recent
from dashboard.release import Snapshot
from tests.dashboard import small_release
from tests.dashboard.asking import content
from tests.dashboard.cite.releases import (
    ADDED,
    CORRECTED,
    FIRST,
    HOSTILE,
    MERGED,
    SECOND,
    SECOND_DAY,
    WITHDRAWN,
)

ATOM = {"a": NAMESPACE}


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def layout(client: FlaskClient, path: str, search: str) -> str:
    """The content of a page as Dash sends it, as JSON text."""
    return json.dumps(content(client, path, search), ensure_ascii=False)


def test_an_old_link_names_every_change_and_the_moved_headline(client: FlaskClient) -> None:
    said = text(client, f"/pinned?release={FIRST}&path=/")
    assert f"You see release {FIRST}, data to 6 Mar 2026." in said
    assert f"One newer release is out: {SECOND}." in said
    assert "The headline of this view is another one now." in said
    for event_id in (ADDED, CORRECTED, MERGED, WITHDRAWN):
        assert event_id in said
    assert "Tablets, best figure: 1,350,000 → 1,300,000" in said
    assert f"→ {CORRECTED}" in said, "where the merged one went"


def test_the_banner_in_arabic(client: FlaskClient) -> None:
    said = text(client, f"/pinned?release={FIRST}&path=/&lang=ar")
    assert "تغيّرت الأرقام الرئيسية لهذا العرض." in said
    assert "مصحَّح" in said
    assert "تصحيح واحد" in said


def test_hostile_names_are_text(client: FlaskClient) -> None:
    html = client.get(f"/pinned?release={FIRST}&path=/").get_data(as_text=True)
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"/pinned?release={FIRST}&path=/&scope=jo", "Nothing in this view has changed since."),
        (f"/pinned?release={SECOND}&path=/", "It is the newest."),
        (f"/pinned?release={FIRST}&path=/event/{CORRECTED}", "Corrected"),
        (f"/pinned?release={FIRST}&path=/event/CAP-000005", "Nothing shown here has changed since."),
        (f"/pinned?release={FIRST}&path=/about", ADDED),
        ("/pinned?release=2020.01.1&path=/", "There is no release 2020.01.1 here"),
        ("/pinned?release=../../etc&path=/", f"You see the newest, {SECOND}"),
        ("/pinned?release=%3Cscript%3E&path=/", "There is no release &lt;script&gt; here"),
        ("/pinned?path=/", ""),
    ],
)
def test_the_banner_of_other_pages(client: FlaskClient, address: str, words: str) -> None:
    assert words in text(client, address)


@pytest.mark.parametrize(
    ("query", "href"),
    [
        ("path=/&scope=jo", "/?scope=jo"),
        ("path=/records&sort=-when&q=a%26b", "/records?sort=-when&amp;q=a%26b"),
        ("path=/&scope=jo&lang=en", "/?scope=jo"),
        ("path=/&scope=jo&lang=ar", "/?scope=jo&amp;lang=ar"),
        ("path=//evil.example", "/"),
        ("path=https://evil.example/", "/"),
        ("path=/%22onclick=x", "/"),
    ],
)
def test_the_way_back_keeps_the_view_and_stays_here(client: FlaskClient, query: str, href: str) -> None:
    html = client.get(f"/pinned?release={FIRST}&{query}").get_data(as_text=True)
    assert f'<a href="{href}" data-unpin>' in html


def test_a_page_opened_with_a_pin_shows_that_release(client: FlaskClient) -> None:
    assert f'content="{FIRST}@' in client.get(f"/?release={FIRST}").get_data(as_text=True)
    assert f'content="{SECOND}@' in client.get("/").get_data(as_text=True)
    assert f'content="{SECOND}@' in client.get("/?release=2020.01.1").get_data(as_text=True)


def test_the_page_of_changes_lists_each_once(client: FlaskClient) -> None:
    page = layout(client, "/new", "?since=2026-04-01")
    for event_id, kind in (
        (ADDED, "Added"),
        (CORRECTED, "Corrected"),
        (MERGED, "Merged"),
        (WITHDRAWN, "Withdrawn"),
    ):
        assert event_id in page
        assert kind in page
    assert "1 added, 1 corrected, 1 merged, 1 withdrawn" in page
    assert "1,350,000" in page
    assert "is the first" not in page, "the first release came before that day"
    assert "5 seizures are all new" in layout(client, "/new", "?since=2026-01-01")
    quiet = layout(client, "/new", "?since=2026-05-01")
    assert "Nothing was added" in quiet
    assert CORRECTED in quiet, "corrections stand below, whatever the day"


def test_the_page_of_changes_refuses_what_is_no_day_and_says_so(client: FlaskClient) -> None:
    assert "<b>x is no day" in layout(client, "/new", "?since=%3Cb%3Ex")


def test_the_page_of_changes_in_arabic(client: FlaskClient) -> None:
    page = layout(client, "/new", "?since=2026-04-01&lang=ar")
    assert ADDED in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("since=2026-04-01", [ADDED, WITHDRAWN, MERGED, CORRECTED]),
        ("since=2026-04-01&country=IQ", [WITHDRAWN]),
        ("since=2026-05-01", []),
        ("", [ADDED, WITHDRAWN, MERGED, CORRECTED, FIRST]),
    ],
)
def test_the_feed(client: FlaskClient, query: str, expected: list[str]) -> None:
    answer = client.get(f"/new.xml?{query}")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.data)
    keys = [one.findtext("a:id", namespaces=ATOM) or "" for one in feed.findall("a:entry", ATOM)]
    assert len(set(keys)) == len(keys)
    assert [re.search(r"CAP-\d+|\d{4}\.\d\d\.\d$", key)[0] for key in keys] == expected  # type: ignore[index]
    assert feed.findtext("a:updated", namespaces=ATOM) == f"{SECOND_DAY}T00:00:00Z"


def test_the_feed_holds_hostile_names_as_text(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/new.xml").data)
    assert any(HOSTILE in (one.text or "") for one in feed.iter(f"{{{NAMESPACE}}}title"))


def test_the_feed_answers_not_modified(client: FlaskClient) -> None:
    first = client.get("/new.xml")
    again = client.get("/new.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_feed_survives_characters_that_xml_cannot_hold(now: Snapshot) -> None:
    found = recent(now, date(2026, 4, 1))
    body = atom(found, base="http://x\x00y", address="/new.xml?a=\x0b", updated="2026-04-02\ud800")
    assert ET.fromstring(body) is not None


def test_without_a_log_nothing_is_new(tmp_path: Path) -> None:
    client = create_app(small_release.write(tmp_path)).server.test_client()
    assert "No published seizure has been corrected" in layout(client, "/new", "?since=2020-01-01")
    assert ET.fromstring(client.get("/new.xml").data).findall("a:entry", ATOM) == []


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-04-05", "1 added, 1 corrected, 1 merged, 1 withdrawn"),
        ("2026-04-09", "1 added, 1 corrected, 1 merged, 1 withdrawn"),
        ("2026-04-10", "0 added, 0 corrected"),
        ("2026-03-11", "6 added, 1 corrected, 1 merged, 1 withdrawn"),
    ],
)
def test_new_this_week(now: Snapshot, today: str, words: str) -> None:
    said = json.dumps(
        this_week(now, date.fromisoformat(today)).to_plotly_json(), default=lambda one: one.to_plotly_json()
    )
    assert words in said


@pytest.mark.parametrize(
    ("event_id", "expected"),
    [("CAP-000001", False), (f"CAP-{MACHINE_FROM}", True), ("CAP-1234567", True), ("?", False)],
)
def test_ids_of_machine_read_events(event_id: str, *, expected: bool) -> None:
    assert by_machine(event_id) is expected


@pytest.mark.parametrize(
    ("query", "since", "refused"),
    [
        ({}, "2026-04-03", ""),
        ({"since": "2026-01-31"}, "2026-01-31", ""),
        ({"since": "yesterday"}, "2026-04-03", "yesterday"),
        ({"since": "x" * 99}, "2026-04-03", "x" * 40),
    ],
)
def test_what_the_address_asks_for(query: dict[str, str], since: str, refused: str) -> None:
    found = asked(query, date(2026, 4, 10))
    assert (found.since.isoformat(), found.refused) == (since, refused)
