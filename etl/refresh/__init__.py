"""One refresh: ask the sources, read what is new, build, publish; safe to end at any moment and to run again.

    collect  sources -> documents in the store (network)
    read     documents -> words
    publish  ledger, inbox and store -> a release, as `etl build` does

Whatever was kept stays kept: a run that was killed is continued by the next one, which arrives at the same
release. How it went stands in `status.json`, in the log, and in the exit code (`etl.refresh.outcome`).
"""

from etl.refresh.outcome import Outcome
from etl.refresh.plan import Plan
from etl.refresh.run import refresh

__all__ = ["Outcome", "Plan", "refresh"]
