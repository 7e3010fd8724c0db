"""What is said to a curator when a row, a file or a decision can't be used: one code, one sentence."""

from typing import Any

from etl.records import Issue, RowRef
from etl.vocabulary import load

_SHOWN = 120  # characters of a faulty cell that a message repeats


def issue(
    code: str,
    ref: RowRef | None = None,
    *,
    column: str = "",
    value: str = "",
    report_id: str = "",
    **words: Any,
) -> Issue:
    """Return the issue of a code in `issue_codes.toml`, its sentence filled in. KeyError: no such code."""
    entry = load("issue_codes")[code]
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + " ..."
    return Issue(
        code=code,
        message=str(entry["text"]).format(column=column, value=shown, **words),
        ref=ref,
        column=column,
        value=shown,
        report_id=report_id,
        blocking=bool(entry["blocking"]),
    )
