"""Publisher cells: names folded, credits and copies read, unknown outlets still told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.vocabulary.outlet_names import choose, entries, host_of, name_key, registered_domain
from etl.vocabulary.outlets import (
    is_official,
    lookup_outlet,
    outlet_name,
    unknown_publishers,
    unused_entries,
)
from etl.vocabulary.publisher import read_publisher


@pytest.mark.parametrize(
    ("publisher", "url", "outlet", "kind", "wire", "carrier"),
    [
        ("Enab Baladi", "https://www.enabbaladi.net/1", "enab_baladi", "outlet", "", ""),
        ("Enab Baladi (English)", "https://english.enabbaladi.net/1", "enab_baladi", "outlet", "", ""),
        ("Shafaq News (Arabic)", "https://www.shafaq.com/ar/1", "shafaq_news", "outlet", "", ""),
        ("The Jordan Times", "https://jordantimes.com/1", "jordan_times", "outlet", "", ""),
        ("Jordan Times / AFP", "https://jordantimes.com/1", "jordan_times", "outlet", "afp", ""),
        ("bdnews24 (Reuters)", "https://bdnews24.com/1", "bdnews24", "outlet", "reuters", ""),
        ("MENAFN (Jordan Times)", "https://menafn.com/1", "menafn", "mirror", "jordan_times", ""),
        ("Al-Ghad Al-Yemeni (SPA)", "https://elghadelyemeny.com/1", "al_ghad_al_yemeni", "outlet", "spa", ""),
        ("Emirates 24/7 (WAM)", "https://www.emirates247.com/1", "emirates_24_7", "outlet", "wam", ""),
        ("LatestLY (ANI/WAM)", "https://www.latestly.com/1", "latestly", "outlet", "wam", ""),
        ("BM Global News (Al Arabiya/AFP)", "http://bmglobalnews.com", "bm_global_news", "outlet", "afp", ""),
        ("Al-Hayat (via Sauress)", "https://sauress.com/1", "al_hayat", "mirror", "", "sauress"),
        ("Al-Monitor/AFP (via Hathalyoum)", "https://english.hathalyoum.net/1", "al_monitor", "mirror", "afp",
         "hathalyoum"),
        ("The New Arab via Nordot / AFP", "https://nordot.app/1", "new_arab", "mirror", "afp", "nordot"),
        ("AFP via SpaceWar", "https://www.spacewar.com/1", "afp", "mirror", "", "spacewar"),
        ("Arab News (mirror)", "https://value-cii.com/1", "arab_news", "mirror", "", ""),
        ("Daily8 (repost of Shafaq News)", "https://www.daily8.com/1", "daily8", "mirror", "shafaq_news", ""),
        ("Times of Israel (French, Reuters)", "https://fr.timesofisrael.com/1", "times_of_israel", "outlet",
         "reuters", ""),
        ("Zad Al-Urdun (JordanZad)", "https://jordanzad.com/1", "zad_al_urdun", "outlet", "", ""),
        ("Al-Anba (Kuwait)", "https://www.alanba.com.kw/1", "al_anba", "outlet", "", ""),
        ("العربية", "https://www.alarabiya.net/1", "al_arabiya", "outlet", "", ""),
        # A wording nobody has listed, at a domain that is: the domain decides.
        ("Shafaq News Agency, Baghdad desk", "https://shafaq.com/en/1", "shafaq_news", "outlet", "", ""),
        # A name borne by two outlets: the domain decides.
        ("Syria News", "https://syria.news/1", "syria_news", "outlet", "", ""),
        ("Syria News", "https://www.syrianews.cc/1", "syria_news_cc", "outlet", "", ""),
        ("20 Minutes", "https://20minutes.fr/1", "20_minutes", "outlet", "", ""),
        ("20 minutes", "https://www.20min.ch/1", "20_minuten", "outlet", "", ""),
        # One host below another outlet's domain.
        ("L'Orient", "https://today.lorientlejour.com/1", "lorient_today", "outlet", "", ""),
        ("", "https://sauress.com/1", "sauress", "mirror", "", ""),  # only the address is left
        # Known outlets in new company.
        ("Rudaw (AFP)", "https://www.rudaw.net/1", "rudaw", "outlet", "afp", ""),
        ("Okaz (English)", "https://okaz.com.sa/1", "okaz", "outlet", "", ""),
        ("Alsumaria (via Masress)", "https://www.masress.com/1", "alsumaria", "mirror", "", "masress"),
        ("The Syrian Observer (al-Watan)", "https://syrianobserver.com/1", "syrian_observer", "outlet",
         "al_watan_syria", ""),
    ],
)  # fmt: skip
def test_known_outlets(*, publisher: str, url: str, outlet: str, kind: str, wire: str, carrier: str) -> None:
    match = lookup_outlet(publisher, url)
    assert (match.outlet_id, match.kind, match.wire, match.carrier, match.known) == (
        outlet, kind, wire, carrier, True,
    )  # fmt: skip
    assert match.origin_id == (wire or outlet)


def test_unknown_outlets_keep_their_credit_and_fold_by_domain() -> None:
    first = lookup_outlet("Tigris Herald (Reuters)", "https://www.tigrisherald.example/a")
    second = lookup_outlet("Tigris Herald English", "https://en.tigrisherald.example/b")
    assert not first.known
    assert first.wire == "reuters"
    assert first.outlet_id == second.outlet_id == "x_tigrisherald_example"


@pytest.mark.parametrize(
    ("publisher", "url", "outlet_id"),
    [
        ("Dijla Notes", "https://dijlanotes.blogspot.com/a", "x_dijla_notes"),  # a host shared by many
        ("Dijla Notes", "https://192.0.2.7/a", "x_dijla_notes"),  # a bare address
        ("Dijla Notes (via Sauress)", "https://sauress.com/a", "x_dijla_notes"),
        ("Dijla Notes", "https://sauress.com/a", "x_dijla_notes"),  # an aggregator's page is not its own text
        ("صحيفة ما", "https://x.com/a", "x_635_62d_64a_641_647_5f_645_627"),  # no Latin letter to build on
        ("", "", "x_unnamed"),
    ],
)
def test_working_ids(publisher: str, url: str, outlet_id: str) -> None:
    match = lookup_outlet(publisher, url)
    assert (match.outlet_id, match.known) == (outlet_id, False)


def test_unknown_credit_is_reported() -> None:
    assert (
        lookup_outlet("Gulf News (Tigris Herald)", "https://gulfnews.com/a").unknown_credit == "Tigris Herald"
    )
    pages = [("Gulf News (Tigris Herald)", "https://gulfnews.com/a"), ("Gulf News", "https://gulfnews.com/b")]
    assert unknown_publishers(pages) == ["Gulf News (Tigris Herald)"]
    assert "gulf_news" not in unused_entries(pages)
    assert "rudaw" in unused_entries(pages)


@pytest.mark.parametrize(
    ("publisher", "url", "countries", "official"),
    [
        ("SANA", "https://sana.sy/en/1", {"SY"}, True),
        ("SANA", "https://sana.sy/en/1", {"JO"}, False),  # it speaks for its own state only
        ("SANA", "https://sana.sy/en/1", {"JO", "SY"}, True),  # joint
        ("SANA (via ArabKhabar)", "https://www.arabkhabar.com/1", {"SY"}, False),  # a copy
        ("SANA", "https://sana-news.example/1", {"SY"}, False),  # a look-alike
        ("Caliber.Az (SANA)", "https://caliber.az/1", {"SY"}, False),
        ("ZATCA", "https://zatca.gov.sa/1", {"SA"}, True),
        ("Presseportal (Zollfahndungsamt Essen)", "https://www.presseportal.de/1", {"DE"}, True),
        ("Anadolu Agency", "https://www.aa.com.tr/1", {"TR"}, True),
        ("AFP", "https://www.afp.com/1", {"FR"}, False),  # no state's voice
        ("UNODC", "https://www.unodc.org/1", {"IQ"}, False),
        ("Public Prosecution", "https://pp.gov.bh/1", {"BH"}, True),  # unlisted, at a government's host
        ("Border Guard page", "https://www.moi.gov.iq/1", {"IQ"}, True),
        ("CENTCOM", "https://www.centcom.mil/1", {"US"}, True),
        ("Rudaw", "https://www.rudaw.net/1", {"IQ"}, False),
    ],
)
def test_official_statements(publisher: str, url: str, countries: set[str], official: bool) -> None:
    assert is_official(lookup_outlet(publisher, url), countries) is official


@pytest.mark.parametrize(
    ("url", "host", "domain"),
    [
        ("https://www.aawsat.com/x", "aawsat.com", "aawsat.com"),
        ("http://english.aawsat.com:8080/x", "english.aawsat.com", "aawsat.com"),
        ("https://www.alaraby.co.uk", "alaraby.co.uk", "alaraby.co.uk"),
        ("https://cdn.saudigazette.com.sa/1", "cdn.saudigazette.com.sa", "saudigazette.com.sa"),
        ("https://197.140.11.140/1", "197.140.11.140", "197.140.11.140"),
        ("localhost", "", ""),
        ("http://[bad", "", ""),
    ],
)
def test_hosts(url: str, host: str, domain: str) -> None:
    assert host_of(url) == host
    assert registered_domain(host) == domain


def test_reading_a_cell() -> None:
    read = read_publisher("Qasr News (Persian, via Masress; Reuters copy)")
    assert (read.name, read.credits, read.carriers, read.copied) == (
        "Qasr News",
        ("Reuters",),
        ("Masress",),
        True,
    )
    assert read_publisher("Qasr News (mirror qasr.example)").carriers == ("qasr.example",)
    assert read_publisher("Qasr News (qasr.example)").carriers == ("qasr.example",)
    assert read_publisher("Qasr News (Pakistan ed.)").credits == ()
    assert read_publisher("24/7 Qasr").name == "24/7 Qasr"


def test_name_keys_drop_what_comes_and_goes() -> None:
    assert name_key("The Jordan Times") == name_key("Jordan Times") == name_key("Jordan Times (English)")
    assert name_key("Horrya.net") == name_key("Horrya")
    assert name_key("Al-Mada") != name_key("Al-Mada News")


@given(st.text(max_size=60), st.text(max_size=60))
def test_lookup_never_fails_and_ids_are_ascii(publisher: str, url: str) -> None:
    match = lookup_outlet(publisher, url)
    assert match.outlet_id.isascii()
    assert match.outlet_id
    assert match.outlet_id == match.outlet_id.lower()


def test_the_list_is_consistent() -> None:
    """Codes are ASCII, kinds are of the four, states and countries are ISO2."""
    for outlet_id, entry in entries().items():
        assert outlet_id.isascii()
        assert entry["kind"] in {"official", "agency", "outlet", "mirror"}, outlet_id
        for field in ("country", "state"):
            assert len(entry.get(field, "XX")) == 2, outlet_id
        assert all(d == d.lower() and "/" not in d for d in entry["domains"]), outlet_id
        assert outlet_name(outlet_id).ar
    assert choose((), "example.com") == ""
