"""How a refresh may end: exit codes for programs, words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from etl.acquire.collect import Tally


class Exit(IntEnum):
    """Exit codes of `etl refresh` (docs/operations.md). 2 is click's, for wrong usage."""

    DONE = 0  # published, nothing new, or stopped as asked at a safe place
    REFUSED = 1  # nothing was published; the old release stands
    BUSY = 3  # another refresh is at work
    PARTLY = 4  # done, but at least one source failed or lay outside its expected range
    SHRUNK = 5  # too many events would be gone
    STORE = 6  # the store of documents can't be used
    CUT_OFF = 7  # every source that was asked failed: the network, rather than they


WORDS: Mapping[Exit, str] = MappingProxyType(
    {
        Exit.REFUSED: "refused",
        Exit.BUSY: "busy",
        Exit.PARTLY: "partly",
        Exit.SHRUNK: "refused",
        Exit.STORE: "failed",
        Exit.CUT_OFF: "failed",
    }
)
"""What `status.json` calls the outcome; for DONE see `Outcome.word`."""


@dataclass(frozen=True)
class Outcome:
    """What a refresh came to. `counts` has the names of `etl.refresh.run.COUNTS`."""

    exit: Exit
    message: str
    published: bool = False
    stopped: bool = False
    release: str = ""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    sources: tuple[Tally, ...] = ()

    @property
    def word(self) -> str:
        """ok, nothing_new, stopped, partly, refused, failed or busy."""
        if self.exit in WORDS:
            return WORDS[self.exit]
        if self.stopped:
            return "stopped"
        return "ok" if self.published else "nothing_new"
