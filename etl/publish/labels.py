"""Release labels: YYYY.MM.N, the N-th release of a month of data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_LABEL = re.compile(r"(\d{4})\.(0[1-9]|1[0-2])\.([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Request:
    """What `--release` asks for: a label, a day, or nothing (both blank: the newest date in the inputs
    decides).
    """

    label: str = ""
    day: date | None = None

    @property
    def newest(self) -> date | None:
        """The last day that this release can know of: its day, or the last day of its label's month."""
        if self.day or not self.label:
            return self.day
        year, month, _ = key(self.label)
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)

    def on(self, newest_input: date) -> date:
        """The date of the release: as asked, else the newest input's, else the first day of the label's
        month.
        """
        if self.day:
            return self.day
        if not self.label or self.label.startswith(f"{newest_input:%Y.%m}."):
            return newest_input
        year, month, _ = key(self.label)
        return date(year, month, 1)


def parse(text: str) -> Request:
    """A label or a day. Raises ValueError for anything else."""
    if _LABEL.fullmatch(text):
        return Request(label=text)
    try:
        return Request(day=date.fromisoformat(text))
    except ValueError:
        raise ValueError(
            f"{text!r} is neither a label such as 2026.03.1 nor a day such as 2026-03-06"
        ) from None


def key(label: str) -> tuple[int, int, int]:
    """Order of labels. Raises ValueError for what is no label."""
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(f"{label!r} is no release label (YYYY.MM.N)")
    year, month, number = match.groups()
    return int(year), int(month), int(number)


def candidates(on: date, current: str) -> Iterator[str]:
    """Labels for a release of that date, the smallest first; all come after the current one."""
    year, month, number = on.year, on.month, 1
    if current and key(current) >= (year, month, number):
        year, month, number = key(current)
        number += 1
    while True:
        yield f"{year:04d}.{month:02d}.{number}"
        number += 1
