"""The list of sources: what is read, what is left out and in which words, and the list that is shipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.acquire.records import Source, Trouble
from etl.acquire.sources import fingerprint, read_sources
from etl.vocabulary.outlets import lookup_outlet

SHIPPED = Path(__file__).parents[3] / "data" / "sources.toml"
FEED = 'id = "one"\nname = "One"\nkind = "feed"\nurl = "https://a.example/feed"\n'
GDELT = 'id = "gd"\nname = "G"\nkind = "gdelt"\nquery = "captagon"\n'
INBOX = 'id = "in"\nname = "I"\nkind = "inbox"\n'
NEXT = '[[source]]\nid = "next"\nname = "Next"\nkind = "feed"\nurl = "https://b.example/feed"\n'


def read(text: str, folder: Path) -> tuple[tuple[Source, ...], tuple[Trouble, ...]]:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def test_an_entry_is_read_with_its_defaults(tmp_path: Path) -> None:
    sources, troubles = read(
        f"[[source]]\n{FEED}every_hours = 3\n[source.options]\nnarrow = true\n", tmp_path
    )
    assert not troubles
    one = sources[0]
    assert (one.id, one.kind, one.every_hours, one.enabled, one.verified) == ("one", "feed", 3, True, False)
    assert (one.minimum, one.maximum, dict(one.options)) == (0, 1000, {"narrow": True})


FAULTS = [
    (FEED.replace('kind = "feed"\n', ""), "source_key_missing", "kind"),
    (FEED.replace('"feed"\n', '"podcast"\n'), "source_kind_unknown", "feed, sitemap, pages"),
    (FEED + "cadence = 3\n", "source_key_unknown", "every_hours"),
    (FEED.replace('url = "https://a.example/feed"\n', ""), "source_key_missing", "url"),
    (GDELT.replace('query = "captagon"\n', ""), "source_key_missing", "query"),
    (GDELT + 'url = "http://"\n', "source_value_wrong", "url"),
    (FEED.replace('"One"', '" "'), "source_value_wrong", "name"),
    (FEED.replace('"one"', '"One!"'), "source_value_wrong", "small letters"),
    (FEED.replace("https:", "ftp:"), "source_value_wrong", "http(s)"),
    (FEED.replace("https://a", "https://user:pw@a"), "source_value_wrong", "account"),
    (FEED.replace("https://a.example", "https://[::1"), "source_value_wrong", "url"),
    (FEED.replace("https://a.example/feed", "/feed"), "source_value_wrong", "url"),
    (FEED.replace("/feed", "/" + "x" * 3000), "source_value_wrong", "2,000"),
    (FEED.replace("/feed", "/{year}.xml"), "source_value_wrong", "sitemaps"),
    (FEED + 'language = "Arabic"\n', "source_value_wrong", "ISO 639"),
    (FEED + 'country = "iq"\n', "source_value_wrong", "ISO 3166"),
    (FEED + "every_hours = 0\n", "source_value_wrong", "hours"),
    (FEED + 'every_hours = "six"\n', "source_value_wrong", "hours"),
    (FEED + "minimum = -1\n", "source_value_wrong", "whole number"),
    (FEED + "minimum = true\n", "source_value_wrong", "whole number"),
    (FEED + "minimum = 5\nmaximum = 4\n", "source_value_wrong", "not below minimum"),
    (FEED + "enabled = 1\n", "source_value_wrong", "true or false"),
    (FEED + "options = 5\n", "source_value_wrong", "options"),
    (FEED + '[source.options]\npattern = "x"\n', "source_option_unknown", "narrow"),
    (
        FEED.replace('"feed"\n', '"pages"\n') + '[source.options]\npattern = "("\n',
        "source_value_wrong",
        "regular",
    ),
    (
        FEED.replace('"feed"\n', '"pages"\n') + '[source.options]\nxpath = "//a["\n',
        "source_value_wrong",
        "XPath",
    ),
    (
        FEED.replace('"feed"\n', '"sitemap"\n') + "[source.options]\ndepth = 9\n",
        "source_value_wrong",
        "0 to 3",
    ),
    (GDELT + "[source.options]\nmaxrecords = 500\n", "source_value_wrong", "250"),
    (INBOX, "source_key_missing", "options.folder"),
    (INBOX + '[source.options]\nfolder = ""\n', "source_value_wrong", "folder"),
    (INBOX + '[source.options]\nfolder = "a\\u0000b"\n', "source_value_wrong", "folder"),
]


@pytest.mark.parametrize(("entry", "code", "word"), FAULTS)
def test_a_fault_is_named_and_does_not_stop_the_others(
    entry: str, code: str, word: str, tmp_path: Path
) -> None:
    sources, troubles = read(f"[[source]]\n{entry}{NEXT}", tmp_path)
    assert [source.id for source in sources] == ["next"]
    assert [trouble.code for trouble in troubles] == [code]
    assert word in troubles[0].message and "number 1" in troubles[0].message


REPEATED = [
    (FEED, FEED.replace("a.example", "c.example"), "id"),
    (FEED, FEED.replace('"one"', '"two"').replace("/feed", "/feed/?utm_source=x"), "address"),
    (GDELT, GDELT.replace('"gd"', '"ge"'), "query"),
]


@pytest.mark.parametrize(("first", "second", "word"), REPEATED)
def test_what_is_listed_twice_is_asked_once(first: str, second: str, word: str, tmp_path: Path) -> None:
    sources, troubles = read(f"[[source]]\n{first}[[source]]\n{second}", tmp_path)
    assert len(sources) == 1 and [trouble.code for trouble in troubles] == ["source_repeated"]
    assert f"same {word}" in troubles[0].message


def test_one_query_in_two_languages_is_two_sources(tmp_path: Path) -> None:
    other = GDELT.replace('"gd"', '"ge"') + '[source.options]\nsourcelang = "arabic"\n'
    assert len(read(f"[[source]]\n{GDELT}[[source]]\n{other}", tmp_path)[0]) == 2


@pytest.mark.parametrize("text", ["[[source]\n", "source = 5\n", '[[source]]\nid = "a"\nid = "b"\n'])
def test_a_file_that_cannot_be_read_gives_no_source_and_one_trouble(text: str, tmp_path: Path) -> None:
    sources, troubles = read(text, tmp_path)
    assert (sources, [trouble.code for trouble in troubles]) == ((), ["sources_unreadable"])


def test_a_missing_file_and_one_in_another_encoding_are_said(tmp_path: Path) -> None:
    assert read_sources(tmp_path / "none.toml")[1][0].code == "sources_unreadable"
    (tmp_path / "sources.toml").write_bytes('[[source]]\nname = "سانا"'.encode("cp1256"))
    assert read_sources(tmp_path / "sources.toml")[1][0].code == "sources_unreadable"


def test_a_part_that_is_not_read_is_said(tmp_path: Path) -> None:
    sources, troubles = read(f"[sources]\nx = 1\n{NEXT}", tmp_path)
    assert len(sources) == 1 and [trouble.code for trouble in troubles] == ["sources_part_unknown"]


VALUES = st.sampled_from(
    [
        "true",
        "-1",
        "1e309",
        "nan",
        "[]",
        "[[1]]",
        "{}",
        '""',
        '"\\u0000"',
        '"https://[::1"',
        "1979-05-27",
        '"x"',
        "0x10",
    ]
)
KEYS = st.sampled_from(
    [
        "id",
        "name",
        "url",
        "query",
        "language",
        "every_hours",
        "maximum",
        "options",
        "note",
        "options.days",
        "kind",
    ]
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_no_values_make_it_raise(entry: dict[str, str]) -> None:
    lines = "\n".join(f"{key} = {value}" for key, value in {"kind": '"sitemap"', **entry}.items())
    with TemporaryDirectory() as folder:
        sources, troubles = read(f"[[source]]\n{lines}\n{NEXT}", Path(folder))
    assert troubles and len(sources) <= 1


def test_the_fingerprint_is_of_what_is_asked() -> None:
    one = Source("a", "A", "feed", "https://a.example/")
    same = [
        replace(one, name="B"),
        replace(one, note="n"),
        replace(one, maximum=5),
        replace(one, every_hours=1),
    ]
    other = [
        replace(one, kind="pages"),
        replace(one, url="https://a.example/x"),
        replace(one, query="q"),
        replace(one, options={"narrow": True}),
        replace(one, enabled=False),
    ]
    assert {fingerprint(source) for source in same} == {fingerprint(one)}
    assert len({fingerprint(source) for source in [one, *other]}) == 6


# -- the list that is shipped -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> tuple[Source, ...]:
    sources, troubles = read_sources(SHIPPED)
    assert not troubles, [trouble.message for trouble in troubles]
    return sources


def test_enough_sources_are_on_and_all_of_those_were_seen(shipped: tuple[Source, ...]) -> None:
    on = [source for source in shipped if source.enabled]
    assert len({source.name for source in on}) >= 25
    assert all(source.verified for source in on)
    assert not any(source.enabled for source in shipped if not source.verified)


def test_each_says_where_it_was_seen_and_off_ones_why(shipped: tuple[Source, ...]) -> None:
    assert all(len(source.note) > 20 for source in shipped)
    assert all(source.robots for source in shipped if source.enabled)


def test_both_languages_and_the_countries_around_the_border_are_there(shipped: tuple[Source, ...]) -> None:
    on = {(source.language, source.country) for source in shipped if source.enabled}
    assert {"IQ", "SY", "JO", "LB", "SA", "KW", "AE", "TR"} <= {country for _, country in on}
    assert {("ar", ""), ("en", ""), ("ar", "IQ"), ("en", "IQ"), ("ar", "SY"), ("en", "SY")} <= on


def test_outlets_are_those_of_the_vocabulary(shipped: tuple[Source, ...]) -> None:
    for source in shipped:
        if source.kind == "gdelt":
            continue
        outlet = lookup_outlet(source.name, source.url)
        assert (outlet.name, outlet.country) == (source.name, source.country), source.id
        assert outlet.known and outlet.host_known, source.id


def test_fingerprints_tell_the_sources_apart(shipped: tuple[Source, ...]) -> None:
    assert len({fingerprint(source) for source in shipped}) == len(shipped)
