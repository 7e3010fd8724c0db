"""`etl check`: are the inputs readable, is the current release whole, are its copies the same?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from etl.acquire.sources import read_sources
from etl.machine import is_of_document
from etl.pipeline import Inputs, Say, build
from etl.publish import Store, problems


@dataclass(frozen=True)
class Findings:
    """`problems` need somebody to act; `notes` are for a curator to look at.

    A page that no machine could read is a note: people didn't write it, and the data are whole without it.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]


def check(inputs: Inputs, store: Store, say: Say = lambda _: None) -> Findings:
    """Run the whole build without publishing, and compare the release with its checksums and copies.

    Raises Refused where nothing could be built.
    """
    content = build(inputs, say).content
    say("comparing the release with its checksums and copies")
    wrong = [
        f"{issue.ref.file} line {issue.ref.line}: {issue.message}" if issue.ref else issue.message
        for issue in content.quarantine
        if not is_of_document(issue)
    ]
    counts = Counter(issue.code for issue in content.warnings)
    counts.update(issue.code for issue in content.quarantine if is_of_document(issue))
    notes = [f"{number} x {code}" for code, number in sorted(counts.items())]
    faults = read_sources(inputs.sources)[1] if inputs.sources else ()
    wrong += [fault.message for fault in faults]
    return Findings(tuple(wrong + problems(store)), tuple(notes))
