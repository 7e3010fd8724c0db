"""A case, and what honest outlets would say: the ground from which the cases depart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import cached_property
from html import escape
from http.server import BaseHTTPRequestHandler

from tests.servers.loopback import Handler, Page
from tests.servers.misbehaving import Failing
from tests.servers.newsroom import START

RSS = {"Content-Type": "application/rss+xml"}
Pages = dict[str, Page | Handler]
NOTHING = (0, 0, 0, 0)


@dataclass(frozen=True)
class Case:
    """A source called `id`, and what a refresh says of it, keeps and publishes.

    `pages`: what lies below its address; without a `/feed.xml` among them it gets an honest feed that names
    `/page`. `names`: what hosts lead to. `code`, `words`: of a trouble that is told. `look`: the source
    itself is to be looked at, which makes the exit code 4. `counts`: pages listed, relevant, fetched, failed.
    `claims`: the tablets of each seizure that is published. `quarantined`, `warned`: the code of the reason
    in quarantine.csv or warnings.csv. `more`: further lines of its entry in the list of sources.
    """

    id: str
    pages: Pages
    code: str = ""
    words: str = ""
    look: bool = False
    counts: tuple[int, int, int, int] = (1, 1, 1, 0)
    claims: tuple[int, ...] = ()
    quarantined: str = ""
    warned: str = ""
    kind: str = "feed"
    more: str = ""
    names: Mapping[str, list[list[str]]] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"{self.id.replace('_', '-')}.example"

    @property
    def address(self) -> str:
        return f"http://{self.host}/{self.id}"

    @property
    def entry(self) -> str:
        """The source's entry in the list of sources."""
        return (
            f'[[source]]\nid = "{self.id}"\nname = "{self.id}"\nkind = "{self.kind}"\nlanguage = "en"\n'
            f'url = "{self.address}/feed.xml"\nverified = true\nrobots = "x"\nnote = "x"\n{self.more}\n'
        )


class Made:
    """A page whose bytes are made when it is first asked for."""

    def __init__(self, make: Callable[[], bytes], **headers: str) -> None:
        self._make = make
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @cached_property
    def _page(self) -> Failing:
        return Failing(Page(self._make(), headers=self._headers))

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        self._page(request)


def english(tablets: int, more: str = "") -> str:
    """An article on a seizure of so many tablets."""
    return (
        f"<article><h1>Police seize {tablets:,} Captagon pills in Rutba</h1><p>Iraqi police said on Monday "
        f"that they had seized {tablets:,} Captagon pills in Rutba, Anbar. {more}</p><p>The pills were "
        "hidden in a truck that carried crates of apples to a market in the town, "
        "the statement said.</p></article>"
    )


def arabic(tablets: int) -> str:
    return (
        "<article><h1>ضبط حبوب مخدرة قرب الرطبة</h1><p>أعلنت مديرية شؤون المخدرات يوم الاثنين ضبط "
        f"{tablets:,} حبة كبتاغون داخل صهريج ماء قرب الرطبة في محافظة الأنبار، والقبض على متهمين اثنين.</p>"
        "<p>وقالت المديرية في بيان إن الشحنة كانت متجهة إلى السعودية، وإن التحقيقات جارية لكشف بقية "
        "أفراد الشبكة.</p></article>"
    )


def html(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<!doctype html><html><head>{head}<title>Pills</title></head><body>{body}</body></html>"


def item(link: str, *, title: str = "Captagon pills seized", date: str = "", guid: str = "") -> str:
    """An entry of a feed, of the newsroom's first day unless told otherwise."""
    date = date or format_datetime(START)
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><pubDate>{date}</pubDate>"
        f"<guid>{escape(guid or link)}</guid></item>"
    )


def rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'.encode()
