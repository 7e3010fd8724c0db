"""Generated news on a loopback site: feeds of several outlets, pages of seizures and of other things.

Everything follows from the numbers given: two newsrooms with the same arguments serve the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from tests.servers.loopback import Page, Site

TOWNS = (
    ("Al-Qaim", "Anbar", "IQ"), ("Rutba", "Anbar", "IQ"), ("Mosul", "Nineveh", "IQ"),
    ("Basra", "Basra", "IQ"),
    ("Latakia", "Latakia", "SY"), ("Daraa", "Daraa", "SY"), ("Al-Bukamal", "Deir ez-Zor", "SY"),
    ("Mafraq", "Mafraq", "JO"), ("Irbid", "Irbid", "JO"), ("Baalbek", "Baalbek-Hermel", "LB"),
)  # fmt: skip
VEHICLES = ("truck", "lorry", "pickup truck", "refrigerated truck", "bus")
PLACES_OF_HIDING = (
    "crates of apples",
    "spare tyres",
    "bags of flour",
    "a hidden fuel tank",
    "sacks of onions",
)
FILLER = (
    "Traffic at the crossing was slow for most of the morning while the vehicle was searched.",
    "The ministry said that patrols along the road would be increased in the coming weeks.",
    "Local traders said that the market had been quiet since the end of the harvest.",
    "Officials thanked residents for information that they had given by telephone.",
    "The statement was carried by state media in the evening and repeated on the following day.",
)
OTHER = (
    "The municipality will repair four bridges before the winter, the council said after its weekly session.",
    "The national team won its last match of the season by two goals in front of a large crowd on Friday.",
    "Exports of dates rose this year, traders at the port said, after a good harvest in the south.",
)


@dataclass(frozen=True)
class Story:
    """One page: `path` on the site, when it was published, and its parts."""

    path: str
    at: datetime
    title: str
    paragraphs: tuple[str, ...]

    @property
    def outlet(self) -> str:
        """The name that the page gives its outlet."""
        return ("North", "Delta", "Harbour", "Plains", "River", "Desert", "Coast", "Hill")[
            int(self.path[1]) % 8
        ]

    @property
    def html(self) -> bytes:
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        day = self.at.date().isoformat()
        return (
            f'<!doctype html><html lang="en"><head><title>{escape(self.title)}</title>'
            f'<meta property="og:site_name" content="{self.outlet} Gazette">'
            f'<meta property="article:published_time" content="{self.at.isoformat()}"></head>'
            f'<body><article><h1>{escape(self.title)}</h1><time datetime="{day}">{day}</time>{body}</article>'
            f"</body></html>"
        ).encode()


class Newsroom:
    """`outlets` feeds (`/0/feed.xml`, ...), each with `a_day` stories for every day since `start`.

    One story in four tells of a seizure; half of these are passed on by the next outlet word for word, with a
    line of its own above them.
    """

    def __init__(self, start: datetime, *, outlets: int = 3, a_day: int = 4, seed: int = 1) -> None:
        self.start, self.outlets, self.a_day, self.seed = start, outlets, a_day, seed

    def day(self, number: int) -> Iterator[Story]:
        """The stories of the day `start` + `number` days, the same whenever asked for."""
        for outlet in range(self.outlets):
            for place in range(self.a_day):
                yield self._story(number, outlet, place)
                if place % 8 == 0 and outlet + 1 < self.outlets:
                    yield self._passed_on(number, outlet, place)

    def lay_out(self, site: Site, days: int, *, first: int = 0) -> int:
        """Put the pages of the days `first`..`days` and the feeds, which list the last of these days, onto a
        site; the number of pages."""
        listed: dict[str, list[Story]] = {str(outlet): [] for outlet in range(self.outlets)}
        for number in range(first, days):
            for story in self.day(number):
                site.pages[story.path] = Page(story.html)
                listed[story.path.split("/")[1]].append(story)
        for outlet, stories in listed.items():
            site.pages[f"/{outlet}/feed.xml"] = Page(
                feed(site.url, stories), headers={"Content-Type": "application/rss+xml"}
            )
        return sum(map(len, listed.values()))

    def sources(self, site_url: str, **more: object) -> str:
        """The list of sources of this newsroom, as TOML."""
        given = "".join(f"{name} = {value!r}\n".replace("'", '"') for name, value in more.items())
        return "\n".join(
            f'[[source]]\nid = "outlet_{outlet}"\nname = "Outlet {outlet}"\nkind = "feed"\n'
            f'url = "{site_url}/{outlet}/feed.xml"\nlanguage = "en"\nmaximum = 100000\n'
            f'verified = true\nrobots = "generated"\nnote = "generated"\n{given}'
            for outlet in range(self.outlets)
        )

    def _story(self, number: int, outlet: int, place: int) -> Story:
        draw = random.Random(f"{self.seed} {number} {outlet} {place}")
        at = self.start + timedelta(days=number, hours=place % 20, minutes=outlet)
        path = f"/{outlet}/{at:%Y/%m/%d}/{place}.html"
        if place % 4:
            return Story(
                path, at, f"Notes of the day, part {place}", (draw.choice(OTHER), draw.choice(FILLER))
            )
        town, governorate, country = draw.choice(TOWNS)
        nation = {"IQ": "Iraqi", "SY": "Syrian", "JO": "Jordanian", "LB": "Lebanese"}[country]
        tablets = f"{draw.randrange(5, 900) * 1000:,}"
        vehicle, hidden = draw.choice(VEHICLES), draw.choice(PLACES_OF_HIDING)
        return Story(
            path,
            at,
            f"{nation} police seize {tablets} Captagon pills in {town}",
            (
                f"{nation} police said on {at:%A} that they had seized {tablets} Captagon pills in {town}, "
                f"{governorate}.",
                f"The pills were found in a {vehicle}, hidden in {hidden}. {draw.randrange(1, 9)} suspects "
                "were arrested.",
                *draw.sample(FILLER, 3),
            ),
        )

    def _passed_on(self, number: int, outlet: int, place: int) -> Story:
        story = self._story(number, outlet, place)
        path = f"/{outlet + 1}/{story.at:%Y/%m/%d}/wire-{place}.html"
        return Story(path, story.at, story.title, ("With material from agencies.", *story.paragraphs))


def feed(base: str, stories: list[Story]) -> bytes:
    """The stories as RSS 2.0, the newest first."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{base}{story.path}</link>"
        f"<guid>{base}{story.path}</guid><pubDate>{format_datetime(story.at)}</pubDate>"
        f"<description>{escape(story.paragraphs[0])}</description></item>"
        for story in sorted(stories, key=lambda story: (story.at, story.path), reverse=True)
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def ledger(folder: Path) -> Path:
    """A data folder with one curated seizure, for what is collected to stand beside."""
    from tests.etl.conftest import LEDGER_COLUMNS, ledger_row

    reported = folder / "reported"
    reported.mkdir(parents=True)
    rows = [ledger_row(report_id="R1"), ledger_row(report_id="R2", event_date="2024-08-09", quantity="5000")]
    lines = [",".join(LEDGER_COLUMNS), *(",".join(row[name] for name in LEDGER_COLUMNS) for row in rows)]
    (reported / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    decisions = folder / "decisions"
    decisions.mkdir()
    for name in ("links.csv", "corrections.csv"):
        shipped = Path(__file__).parents[2] / "data/decisions" / name
        (decisions / name).write_text(
            shipped.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8"
        )
    (folder / "coverage.toml").write_text("data_complete_to = 2024-09-30\n", encoding="utf-8")
    return folder


START = datetime(2026, 1, 5, 6, tzinfo=UTC)
