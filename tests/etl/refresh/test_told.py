"""What a refresh says: bars on a terminal, JSON lines elsewhere, only trouble if quiet."""

from __future__ import annotations

import io
import json
import os
import pty
import select
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from etl.refresh.told import Told

NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)


def test_elsewhere_each_event_is_a_line_of_json() -> None:
    lines = io.StringIO()
    told = Told(lambda: NOW, to=lines)
    with told.bars():
        told.expect("sana", 2)
        told.say("kept", source="sana", url="https://example.org/\n1", document=3)
        told.advance("sana")
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == [
        {
            "at": NOW.isoformat(),
            "event": "kept",
            "source": "sana",
            "url": "https://example.org/\n1",
            "document": 3,
        }
    ]


def test_quiet_tells_trouble_only() -> None:
    lines = io.StringIO()
    told = Told(lambda: NOW, quiet=True, to=lines)
    for event in ("looked", "kept", "ok", "trouble", "refused"):
        told.say(event, "a sentence")
    assert [json.loads(line)["event"] for line in lines.getvalue().splitlines()] == ["trouble", "refused"]


def test_a_terminal_has_a_bar_a_source_and_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w", encoding="utf-8") as terminal:
        told = Told(lambda: NOW, to=terminal)
        with told.bars():
            told.expect("sana", 2)
            told.expect("[bold]x", 0)
            told.advance("sana")
            told.say("trouble", "The server said [red]no[/red].", source="sana")
            told.say("kept", source="sana", url="https://example.org/1")
        terminal.flush()
        said = "".join(_read(leader))
    os.close(leader)
    assert "1/2" in said
    assert "[bold]x" in said
    assert "The server said [red]no[/red]." in said, "words of a server are no markup"
    assert "example.org" not in said


def _read(handle: int) -> Iterator[str]:
    while select.select([handle], [], [], 0.2)[0]:
        yield os.read(handle, 65536).decode()
