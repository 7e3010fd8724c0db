"""What went wrong while a listing was read: each kind of trouble once, with how often and one example.

A feed of ten thousand items with ten thousand bad dates is one sentence for people, not ten thousand.
"""

from __future__ import annotations

from typing import Any

from etl.acquire.records import Trouble
from etl.acquire.troubles import trouble

_LONGEST_EXAMPLE = 200


class Notes:
    """Collects the troubles of one listing; `url` is the listing's address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._said: list[Trouble] = []
        self._counted: dict[str, tuple[int, str]] = {}

    def say(self, code: str, url: str = "", **words: Any) -> None:
        """Note a trouble that stands for itself."""
        self._said.append(trouble(code, url or self.url, **words))

    def take(self, other: Trouble) -> None:
        """Note a trouble that another part of the project worded."""
        self._said.append(other)

    def count(self, code: str, example: str) -> None:
        """Note one more case of a trouble whose sentence has `{count}` and `{example}`, the first."""
        times, first = self._counted.get(code, (0, example[:_LONGEST_EXAMPLE]))
        self._counted[code] = (times + 1, first)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """All of them, the counted ones behind the others, in the order of their first case."""
        counted = [
            trouble(code, self.url, count=times, example=example)
            for code, (times, example) in self._counted.items()
        ]
        return (*self._said, *counted)
