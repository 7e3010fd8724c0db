"""Run every benchmark, or those named on the command line; end non-zero when a limit is broken."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

NOT_TABLES = {
    "__main__",
    "synthetic_ledger",
    "synthetic_news",
    "synthetic_release",
    "extraction_peer",
    "extraction_worker",
}


def main(names: list[str]) -> int:
    known = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in NOT_TABLES)
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"no benchmark called {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    broken = []
    for name in names or known:
        print(f"\n== {name} ==", flush=True)
        if importlib.import_module(f"benchmarks.{name}").main():
            broken.append(name)
    print("\n" + (f"limits broken in: {', '.join(broken)}" if broken else "every limit held"))
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
