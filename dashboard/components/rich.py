"""Texts with <b> and <small> as components: the language files decide what is emphasised."""

from __future__ import annotations

import re
from typing import Any

from dash import html

_TAG = re.compile(r"<(b|small)>(.*?)</\1>")


def rich(text: str) -> list[Any]:
    """`text` split into strings and `html.B`/`html.Small`; every other tag stays plain text."""
    parts: list[Any] = []
    at = 0
    for match in _TAG.finditer(text):
        if match.start() > at:
            parts.append(text[at : match.start()])
        parts.append((html.B if match[1] == "b" else html.Small)(match[2]))
        at = match.end()
    if at < len(text):
        parts.append(text[at:])
    return parts
