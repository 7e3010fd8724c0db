"""What a refresh says while it works: bars on a terminal, JSON lines elsewhere, nothing but trouble if quiet.

A line about a document is written after the store has it for good: what the log acknowledges is there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

LOUD = frozenset({"trouble", "fault", "failed", "refused", "busy"})
"""Events that are told even if quiet."""


class Told:
    """Where events go; one at a time, from the main thread."""

    def __init__(
        self, clock: Callable[[], datetime], *, quiet: bool = False, to: TextIO | None = None
    ) -> None:
        self._clock = clock
        self._quiet = quiet
        self._to = to or sys.stderr
        self._console = Console(file=self._to)
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def say(self, event: str, message: str = "", **fields: object) -> None:
        """Tell an event: a code, a sentence where people should read one, and what it is about."""
        if self._quiet and event not in LOUD:
            return
        if self._console.is_terminal:
            if message:
                source = f"{fields['source']}: " if fields.get("source") else ""
                self._console.print(f"[dim]{escape(source)}[/dim]{escape(message)}", highlight=False)
            return
        told = {"at": self._clock().isoformat(), "event": event, **fields}
        if message:
            told["message"] = message
        self._to.write(json.dumps(told, ensure_ascii=False) + "\n")
        self._to.flush()

    @contextmanager
    def bars(self) -> Iterator[None]:
        """A bar for each source inside the block, on a terminal."""
        if self._quiet or not self._console.is_terminal:
            yield
            return
        columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._console, transient=True) as self._bars:
            yield
        self._bars = None
        self._tasks.clear()

    def expect(self, source: str, pages: int) -> None:
        """Say how many pages of a source will be asked for."""
        if self._bars is not None:
            self._tasks[source] = self._bars.add_task(escape(source), total=pages)

    def advance(self, source: str) -> None:
        """One of them is done."""
        if self._bars is not None and source in self._tasks:
            self._bars.advance(self._tasks[source])
