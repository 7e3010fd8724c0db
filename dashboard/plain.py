"""Texts of others, fit to be shown: one line, bounded, without paths of this machine and keys."""

from __future__ import annotations

import re
import unicodedata

MOST = 300
_READ = 4_000  # characters looked at, whatever comes
_CREDENTIALS = re.compile(r"://[^/\s@]{1,200}@")
_QUERY = re.compile(r"(://[^\s?#]{1,300})[?#]\S*")
_WORD = re.compile(r"\S+")
_PATH = re.compile(r"(?:[A-Za-z]:)?[\\/][^\s\\/]")
_OPENING = "\"'`([{<=:,"
_CLOSING = "\"'`)]}>.,;:"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of the rest of a line."""


def plain(value: object, most: int = MOST) -> str:
    """`value` if it is a text, as one line of at most `most` characters; "" for everything else.

    Control and direction marks, credentials and queries of addresses go; of a path of this machine only the
    name of the file stays: `/srv/data/sources.toml` reads `…/sources.toml`.
    """
    if not isinstance(value, str):
        return ""
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in value[:_READ])
    text = "".join(c for c in text if c not in _TURNING and unicodedata.category(c) not in {"Cs", "Cn", "Co"})
    text = _QUERY.sub(r"\1", _CREDENTIALS.sub("://", text))
    text = " ".join(_shortened(word) for word in _WORD.findall(text))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _shortened(word: str) -> str:
    """The word, or `…/name` for the path of a file; what stands before and after it stays."""
    if "://" in word and ":///" not in word:  # an address; file:///x and sqlite:////x are paths
        return word
    found = re.search(_PATH, word)
    if found is None or (found.start() and word[found.start() - 1] not in _OPENING + "/"):
        return word
    start = found.start()
    path = word[start:].rstrip(_CLOSING)
    if path.count("/") + path.count("\\") < 2:
        return word
    name = re.split(r"[\\/]", path.rstrip("/\\"))[-1]
    return f"{word[:start]}…/{name}{word[start + len(path) :]}"
