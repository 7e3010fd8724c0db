"""Addresses and words as listings give them: anything goes in, only web addresses and plain text come out."""

from __future__ import annotations

import re
from html import unescape
from string import ascii_letters, digits, punctuation
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from lxml import html
from lxml.etree import LxmlError

from etl.decoding import printable
from etl.vocabulary.outlet_names import registered_domain
from etl.weburl import page_host

LONGEST_URL = 2_000
"""Characters; what browsers and servers agree on is about this much."""
LONGEST_TITLE = 500
LONGEST_SUMMARY = 2_000
_MOST_READ = 20_000  # characters of markup that are looked at for a summary
_MOST_LAYERS = 3  # text escaped twice is common, more often is not

_PLAIN = (
    ascii_letters + digits + punctuation
)  # what is not percent-encoded: the rest of an address may be already
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # signs that turn the direction of text
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>?")
_DROPPED = ("script", "style", "noscript", "template", "svg", "head")


def web_address(href: str, base: str = "") -> str:
    """Return the http(s) address that a link leads to, without its fragment, in ASCII; "" where it leads to
    none.

    Refused: other schemes (`javascript:`, `data:`), no host, an account or control characters in the address,
    and more than `LONGEST_URL` characters.
    """
    href = href.strip()
    if not href or len(href) > LONGEST_URL or _CONTROLS.search(href):
        return ""
    try:
        url = urldefrag(urljoin(base, href)).url
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        if not url.isascii() or " " in url:
            netloc = parts.netloc.encode("idna").decode("ascii")
            url = urlunsplit((parts.scheme, netloc, *(quote(part, _PLAIN) for part in parts[2:4]), ""))
    except ValueError:  # a broken IPv6 literal, port or name
        return ""
    sound = parts.scheme in {"http", "https"} and host and not set("@\\ ").intersection(parts.netloc)
    return url if sound and len(url) <= LONGEST_URL else ""


def same_site(url: str, other: str, further: tuple[str, ...] = ()) -> bool:
    """Whether two addresses are of one owner: the same registered domain, or one of the `further` hosts."""
    host, known = _host(url), _host(other)
    return host == known or registered_domain(host) == registered_domain(known) or host in further


def plain(markup: str, longest: int) -> str:
    """Return the words of a piece of HTML or text: no tags, no scripts, entities decoded, single spaces.

    Text that was escaped several times is unwrapped; whatever still looks like a tag afterwards is left out.
    At most `longest` characters.
    """
    text = markup[:_MOST_READ]
    for _ in range(_MOST_LAYERS):
        if not _TAG.search(text) and "&" not in text:
            break
        text = _unwrapped(text)
    text = _TURNS.sub("", _TAG.sub(" ", printable(text)))
    text = _BLANKS.sub(" ", text).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _unwrapped(text: str) -> str:
    if not _TAG.search(text):
        return unescape(text)
    try:
        tree = html.fragment_fromstring(printable(text), create_parent="div")
    except (LxmlError, ValueError):
        return unescape(_TAG.sub(" ", text))
    for dropped in list(tree.iter(*_DROPPED)):
        dropped.drop_tree()
    return " ".join(str(piece) for piece in tree.itertext())


def _host(url: str) -> str:
    return page_host(url).partition(":")[0]
