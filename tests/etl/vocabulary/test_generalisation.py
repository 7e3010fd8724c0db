"""How far the general rules carry: with a fifth of the entries out, most wordings must still resolve alike.

The lists are thinned with fixed seeds and read back from a folder of their own, like any other lists.
"""

import csv
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from etl import vocabulary
from etl.vocabulary import agencies, groups, outlet_names, outlets, routes, scopes, split_list

LEDGER = Path(__file__).parents[3] / "data" / "reported"
LISTS = Path(vocabulary.__file__).parent
SEEDS = (1, 2, 3, 4, 5)
SHARE = 0.2

Key = TypeVar("Key")

_ARRAY = re.compile(r"(?P<head>\b(?:keywords|aliases|spellings|[A-Z]{2}) = \[)(?P<body>[^\]]*)(?P<tail>\])")
_QUOTED = re.compile(r'"[^"]*"')


def _rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(LEDGER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def thin(text: str, draw: random.Random) -> str:
    """Take a fifth of the words out of every array of keywords, aliases or spellings."""

    def keep(match: re.Match[str]) -> str:
        kept = [word for word in _QUOTED.findall(match["body"]) if draw.random() >= SHARE]
        return match["head"] + ", ".join(kept) + match["tail"]

    return _ARRAY.sub(keep, text)


def without_outlets(text: str, draw: random.Random) -> str:
    """Take a fifth of the outlets out altogether (one line each)."""
    head, lines = text.split("[outlets]\n")
    kept = [line for line in lines.splitlines() if draw.random() >= SHARE]
    return head + "[outlets]\n" + "\n".join(kept) + "\n"


def _forget() -> None:
    """Empty every cache of the vocabulary and of the names it builds on."""
    for name, module in list(sys.modules.items()):
        if name.startswith("etl.vocabulary"):
            for value in vars(module).values():
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()


class Thinned(Protocol):
    """Replace one list by its thinned version for each seed in turn, yielding while it holds."""

    def __call__(self, name: str, after: str = "", *, whole_lines: bool = False) -> Iterator[None]: ...


@pytest.fixture
def thinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Thinned]:
    """Read the lists from a folder of copies, one of them thinned; `after` spares what stands before it."""
    for path in LISTS.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    def replace(name: str, after: str = "", *, whole_lines: bool = False) -> Iterator[None]:
        shipped = (LISTS / f"{name}.toml").read_text(encoding="utf-8")
        spared, mark, rest = shipped.partition(after) if after else ("", "", shipped)
        monkeypatch.setattr(vocabulary, "files", lambda _package: tmp_path)
        for seed in SEEDS:
            draw = random.Random(seed)
            text = without_outlets(shipped, draw) if whole_lines else spared + mark + thin(rest, draw)
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
            _forget()
            yield

    yield replace
    monkeypatch.undo()
    _forget()


def _agreement(keys: Iterable[Key], look_up: Callable[[Key], object], lists: Iterator[None]) -> float:
    """Return the share of keys that resolve as with the shipped lists, over all thinned versions of them."""
    before = {key: look_up(key) for key in keys}
    shares = [sum(before[key] == look_up(key) for key in before) / len(before) for _ in lists]
    return sum(shares) / len(shares)


def test_agencies(thinned: Thinned) -> None:
    """The bodies' own keywords are thinned; roles and nationalities are the general rules that must carry."""
    names = {
        (name, row["country"])
        for row in _rows()
        for c in ("agencies", "partners")
        for name in split_list(row[c])
    }
    share = _agreement(names, lambda k: agencies.resolve_agency(*k).code, thinned("agencies", "\n[body]\n"))
    print(f"\nbodies resolved alike: {share:.3f} of {len(names)}")
    assert share >= 0.9


def test_agencies_without_a_fifth_of_everything(thinned: Thinned) -> None:
    """Roles and nationalities thinned too: a lost word such as "customs" costs all bodies it stands for."""
    names = {
        (name, row["country"])
        for row in _rows()
        for c in ("agencies", "partners")
        for name in split_list(row[c])
    }
    share = _agreement(names, lambda k: agencies.resolve_agency(*k).code, thinned("agencies"))
    print(f"\nbodies resolved alike, rules thinned too: {share:.3f} of {len(names)}")
    assert share >= 0.6


def test_outlets_without_a_fifth_of_their_spellings(thinned: Thinned) -> None:
    pages = {(row["publisher"], row["url"]) for row in _rows()}
    share = _agreement(pages, lambda p: outlets.lookup_outlet(*p).outlet_id, thinned("outlets"))
    print(f"\npages at the same outlet: {share:.3f} of {len(pages)}")
    assert share >= 0.97


def test_outlets_without_a_fifth_of_the_outlets(thinned: Thinned) -> None:
    """Pages of one unlisted outlet stay together, those of two apart, and credits are still read."""
    pages = sorted({(row["publisher"], row["url"]) for row in _rows()})
    before = {page: outlets.lookup_outlet(*page) for page in pages}
    results = []
    for _ in thinned("outlets", whole_lines=True):
        after = {page: outlets.lookup_outlet(*page) for page in pages}
        gone = [page for page in pages if before[page].outlet_id not in outlet_names.entries()]
        first = {before[page].outlet_id: after[page].outlet_id for page in reversed(gone)}
        credited = [page for page in gone if before[page].wire in outlet_names.entries()]
        together = sum(after[page].outlet_id == first[before[page].outlet_id] for page in gone)
        credit = sum(after[page].wire == before[page].wire for page in credited)
        results.append((together / len(gone), len(set(first.values())) / len(first), credit / len(credited)))
    together_, apart, credit_ = (sum(column) / len(results) for column in zip(*results, strict=True))
    print(f"\nunlisted outlets: together {together_:.3f}, apart {apart:.3f}, credit read {credit_:.3f}")
    assert together_ >= 0.9
    assert apart >= 0.97
    assert credit_ >= 0.9


def test_concealment(thinned: Thinned) -> None:
    texts = {row["concealment"] for row in _rows()}
    share = _agreement(texts, groups.concealment_group, thinned("concealment"))
    print(f"\nhiding places in the same group: {share:.3f} of {len(texts)}")
    assert share >= 0.75


def test_routes(thinned: Thinned) -> None:
    texts = {row[c] for row in _rows() for c in ("origin", "destination")}
    share = _agreement(texts, routes.route_country, thinned("routes"))
    print(f"\nroute ends mapped alike: {share:.3f} of {len(texts)}")
    assert share >= 0.8


def test_scopes(thinned: Thinned) -> None:
    texts = {row["scope"] for row in _rows() if row["event_type"] == "aggregate"}
    share = _agreement(texts, lambda text: scopes.parse_scope(text).kind, thinned("scopes"))
    print(f"\nscopes of the same kind: {share:.3f} of {len(texts)}")
    assert share >= 0.85
