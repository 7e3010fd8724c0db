"""Formats that are read by a process of its own (`etl.bounded`): what it says, or why there are no words."""

from __future__ import annotations

from typing import Any

from etl.bounded import BoundedError, ask


class BrokenError(ValueError):
    """The file gives no words: a code of `issue_codes.toml` and the words of its sentence."""

    def __init__(self, code: str, **words: Any) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def read_foreign(kind: str, data: bytes, *, seconds: float) -> dict[str, Any]:
    """Return what the child of a kind (`pdf`, `mail`) makes of the bytes. Raises BrokenError."""
    try:
        found: Any = ask(kind, data, seconds=seconds)
    except BoundedError as error:
        raise BrokenError("document_too_heavy", kind=kind) from error
    if "trouble" in found:
        raise BrokenError(found.pop("trouble"), **found)
    answer: dict[str, Any] = found
    return answer
