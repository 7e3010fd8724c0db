"""Stage `publish`: content -> a release that is current, or nothing where nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from etl.publish import labels
from etl.publish.cells import read_csv
from etl.publish.labels import Request
from etl.publish.release import Content, Previous, complete, same_content, tables
from etl.publish.shared import PACKAGE
from etl.publish.store import Refused, Store, locked, problems, publish, refresh_copies
from etl.schema import SEIZURES

__all__ = [
    "Outcome",
    "Refused",
    "Request",
    "Shrunk",
    "Store",
    "previous_release",
    "problems",
    "publish_content",
]


class Shrunk(Refused):
    """So many events would be gone that a person should look first."""


@dataclass(frozen=True)
class Outcome:
    """What publishing came to. `repaired` names the copies at fixed names that differed from the release;
    `added` counts the events that the release before did not have.
    """

    label: str
    on: date
    is_new: bool
    repaired: tuple[str, ...] = ()
    added: int = 0


def publish_content(
    store: Store, content: Content, request: Request, shipped: Store, *, most_shrinking: float = 1.0
) -> Outcome:
    """Publish the content unless the current release says the same.

    Ids continue from the store's own release, in a folder without one from the shipped release. Raises
    Refused where nothing can be published, Shrunk where more than the share `most_shrinking` of the events
    would be gone; the old release then stands.
    """
    try:
        with locked(store):
            return _publish(store, content, request, shipped, most_shrinking)
    except OSError as error:
        raise Refused(f"{error.filename or store.folder} cannot be written ({error.strerror})") from error


def previous_release(store: Store) -> tuple[Previous, dict[str, bytes]]:
    """The current release of a store and its files; an empty one where there is none."""
    current = store.current()
    if current is None:
        return Previous(), {}
    files = store.read(current.release)
    try:
        return Previous.read(files), files
    except (KeyError, ValueError) as error:
        what = f"release {current.release} in {store.folder}"
        raise Refused(f"{what} cannot be read ({error}); restore it from version control") from error


def _publish(
    store: Store, content: Content, request: Request, shipped: Store, most_shrinking: float
) -> Outcome:
    previous, files = previous_release(store)
    if files and previous.on is not None:
        again = complete(
            tables(content, previous, previous.label, previous.on), content, previous.label, previous.on
        )
        if same_content(again, files):
            repaired = refresh_copies(store, files)
            return Outcome(previous.label, previous.on, is_new=False, repaired=tuple(repaired))
        before, after = len(previous.seizures), len(content.events)
        if after < before * (1 - most_shrinking):
            raise Shrunk(
                f"{before} events would become {after}, more than {most_shrinking:.0%} fewer; look for "
                f"what is missing, and publish with --allow-shrink if that is right"
            )
    if not files and shipped.folder != store.folder:
        previous = previous_release(shipped)[0].ids_only()
    label, on, made = _next(store, content, request, previous)
    publish(store, label, made)
    known = previous.seizures.keys()
    added = sum(row["event_id"] not in known for row in read_csv(made[SEIZURES.file]))
    return Outcome(label, on, is_new=True, added=added)


def _next(
    store: Store, content: Content, request: Request, previous: Previous
) -> tuple[str, date, Mapping[str, bytes]]:
    """Label, date and files of the new release.

    A folder of the wanted name is the same release, left by a run that was interrupted before the switch;
    where it holds something else, the next number is taken.
    """
    on = request.on(content.newest)
    current = store.current()
    if request.label and current and labels.key(request.label) <= labels.key(current.release):
        raise Refused(f"release {request.label} would not come after the current one, {current.release}")
    for label in (
        [request.label] if request.label else labels.candidates(on, current.release if current else "")
    ):
        made = complete(tables(content, previous, label, on), content, label, on, previous)
        if label not in store.labels() or store.read(label)[PACKAGE] == made[PACKAGE]:
            return label, on, made
    raise Refused(f"release {request.label} exists already and says something else")
