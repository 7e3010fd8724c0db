"""A brief is one file that asks for nothing, holds what the page says, and shows hostile texts as text."""

from __future__ import annotations

import os
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.brief import pdf
from dashboard.brief.rows import sources
from tests.dashboard import small_release
from tests.dashboard.cite import releases

ALLOWED = frozenset({"a", "link"})


class Asks(HTMLParser):
    """Every address in a file that a browser would fetch by itself, and every script."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "xlink:href", "data", "poster", "action"} and tag not in ALLOWED:
                self.fetched.append(str(value))
            if name.startswith("on") or (value or "").lower().startswith("javascript:"):
                self.scripts.append(f"{tag} {name}={value}")
            if name == "id":
                self.ids.append(str(value))
        if tag in {"script", "iframe", "object", "embed", "link", "base"}:
            self.scripts.append(tag)


def asks(html: str) -> Asks:
    found = Asks()
    found.feed(html)
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return releases.write(tmp_path_factory.mktemp("brief"))


@pytest.fixture(scope="module")
def client(data: Path) -> FlaskClient:
    return create_app(data).server.test_client()


def brief(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/brief?{query}")
    assert answer.status_code == 200, answer.data[:300]
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "query", ["lang=ar", "scope=all&from=all", "scope=iq&lang=ar", "scope=jo", "read=all"]
)
def test_it_is_one_file_that_fetches_and_runs_nothing(client: FlaskClient, query: str) -> None:
    html = brief(client, query)
    found = asks(html)
    assert (found.fetched, found.scripts) == ([], [])
    assert len(found.ids) == len(set(found.ids)), "ids of all pictures differ"
    assert re.findall(r"url\((?!data:|#)", html) == []
    for ident in re.findall(r"url\(#([\w-]+)\)", html):
        assert ident in found.ids, "each fill that is named is there"
    assert 'content="default-src &#39;none&#39;' in html


def test_the_answer_forbids_everything_else(client: FlaskClient) -> None:
    answer = client.get("/brief")
    assert answer.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'"
    )
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        answer.headers["Content-Disposition"]
        == f'inline; filename="captagon-brief_{releases.SECOND}_en.html"'
    )


def test_it_says_what_the_view_says(client: FlaskClient) -> None:
    html = brief(client, "scope=sy")
    for words in (
        "In Syria, since 8 Dec 2024",
        "Data to 6 Mar 2026",
        f"release {releases.SECOND}",
        "CAP-000001",
        "Reported seizures show enforcement",
        "don’t read this as flow",
        "How to cite",
        "accessed",
        f"scope=sy&amp;release={releases.SECOND}",
        "sha256:",
        "example.org",
        "period: 2024-12-08 to 2026-03-06",
    ):
        assert words in html, words
    assert html.count("<svg") == 6, "five charts and the map"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("scope=sy&admin1=SY-DY", "In Deir ez-Zor, Syria, since 8 Dec 2024"),
        ("scope=sy&admin1=SY-DY&lang=ar", "في دير الزور (سوريا)، منذ 8 كانون الأول 2024"),
        ("scope=sy&transport=balloon", "In Syria, since 8 Dec 2024 (Transport: balloon)"),
    ],
)
def test_its_title_names_what_narrows_the_view(client: FlaskClient, query: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in brief(client, query)


def test_filters_beyond_those_of_the_title_stand_under_it(client: FlaskClient) -> None:
    html = brief(client, "scope=sy&min=1&max=9&border_km=10&transport=balloon")
    assert "; and 1 more filter)</h1>" in html
    assert '<p class="narrowed">Transport: balloon</p>' in html


def test_it_can_be_pinned_to_an_older_release(client: FlaskClient) -> None:
    old, new = brief(client, f"release={releases.FIRST}"), brief(client)
    assert releases.WITHDRAWN in old
    assert releases.WITHDRAWN not in new
    assert f"release {releases.FIRST}" in old
    assert f"release={releases.FIRST}" in old


def test_arabic_runs_right_to_left_and_brings_its_letters(client: FlaskClient) -> None:
    html = brief(client, "lang=ar&scope=sy")
    assert '<html lang="ar" dir="rtl">' in html
    assert "طريقة الاستشهاد" in html
    assert html.count("@font-face") == 2
    assert html.count('direction="ltr"') == 6, "time runs to the right in pictures"
    assert "\u2067" in html, "Arabic words in pictures are isolated"
    assert "brief." not in re.sub(r"<style>.*?</style>|href=\"[^\"]*\"", "", html, flags=re.DOTALL)


def test_hostile_texts_are_shown_as_text(client: FlaskClient) -> None:
    html = brief(client, "scope=sy")
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "javascript:" not in html, "an address that is none of the web is no link"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/brief?contry=IQ", 400, "contry=IQ"),
        ("/brief?from=%3Cscript%3E", 400, "from=<script>"),
        ("/brief.pdf?contry=IQ", 400, "contry=IQ"),
        ("/brief?release=2020.01.1", 404, "There is no release 2020.01.1"),
        ("/brief?release=../..", 404, "There is no release ../.."),
    ],
)
def test_what_is_not_understood_is_refused_as_plain_text(
    client: FlaskClient, address: str, status: int, words: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert words in answer.get_data(as_text=True)


def test_an_empty_view_says_that_no_report_is_not_zero(client: FlaskClient) -> None:
    html = brief(client, "scope=jo")
    assert html.count("<svg") == 0
    assert "does not mean that nothing was seized" in html


def test_the_same_view_gives_the_same_bytes(client: FlaskClient) -> None:
    first = client.get("/brief?scope=sy")
    assert client.get("/brief?scope=sy").data == first.data
    again = client.get("/brief?scope=sy", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_machine_read_events_are_named_as_such(tmp_path: Path) -> None:
    client = create_app(small_release.write(tmp_path, machine=True)).server.test_client()
    assert "CAP-900001" not in brief(client)
    html = brief(client, "read=all")
    assert "CAP-900001" in html
    assert "was read by a machine and reviewed by nobody" in html


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"source_urls": "https://www.example.org/a|https://b.example/c"}, ["example.org", "b.example"]),
        (
            {
                "official_url": "https://moi.example/x",
                "source_urls": "https://a.example/|https://moi.example/x",
            },
            ["moi.example", "a.example"],
        ),
        ({"source_urls": "javascript:alert(1)|ftp://a/b||/etc/passwd//"}, []),
        ({"source_urls": "http://[::1"}, []),
        ({}, []),
    ],
)
def test_sources_are_pages_of_the_web(event: dict[str, str], expected: list[str]) -> None:
    assert [one.name for one in sources(event) if one.url.startswith("http")] == expected


def program(folder: Path, script: str) -> Path:
    """A program that stands for Chromium: it gets the same arguments."""
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


COPY = (
    'for a in "$@"; do case $a in '
    "--print-to-pdf=*) out=${a#--print-to-pdf=};; file:*) in=${a#file://};; esac; done"
)


def test_without_chromium_the_pdf_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.CHROMIUM_ENV, "/nowhere/chromium")
    answer = client.get("/brief.pdf?scope=sy&min=1")
    assert answer.status_code == 501
    assert "print it from your browser" in answer.get_data(as_text=True)


def test_the_file_is_printed_in_a_folder_that_goes_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    tells = f'pwd > {seen}; env >> {seen}; echo "$@" >> {seen}'
    script = f'{COPY}; {tells}; {{ printf "%%PDF-"; cat "$in"; }} > "$out"'
    monkeypatch.setenv(pdf.CHROMIUM_ENV, str(program(tmp_path, script)))
    monkeypatch.setenv("CAPTAGON_SECRET", "not for others")
    answer = client.get("/brief.pdf?scope=sy&min=2")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.data.startswith(b"%PDF-<!doctype html>")
    told = seen.read_text()
    assert not Path(told.splitlines()[0]).exists()
    assert "not for others" not in told
    assert "MAP * ~NOTFOUND" in told, "no name is looked up"


@pytest.mark.parametrize("script", ["exit 1", f'{COPY}; echo "no pdf" > "$out"', "sleep 60 & sleep 60"])
def test_a_printing_that_fails_is_told_and_nothing_stays(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    monkeypatch.setattr(pdf, "PATIENCE_S", 1)
    monkeypatch.setenv(pdf.CHROMIUM_ENV, str(program(tmp_path, f"echo $$ > {tmp_path}/pid; {script}")))
    answer = client.get("/brief.pdf?scope=sy&min=3")
    assert answer.status_code == 503
    assert "could not be printed" in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"] == "60"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_one_is_printed_at_a_time(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf, "TURN_S", 0.05)
    monkeypatch.setenv(pdf.CHROMIUM_ENV, str(program(tmp_path, "exit 1")))
    with pdf._turn:
        answer = client.get("/brief.pdf?scope=sy&min=4")
    assert answer.status_code == 503
    assert "Another brief is being printed" in answer.get_data(as_text=True)
