"""Addresses pinned to a release."""

from __future__ import annotations

from urllib.parse import quote


def pinned_query(query: str, label: str) -> str:
    """A query string with the release that it is to be answered from."""
    return "&".join(part for part in (query, f"release={quote(label, safe='.-')}") if part)
