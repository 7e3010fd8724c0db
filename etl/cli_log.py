"""What commands log by themselves, in the form in which a refresh tells of its work (`etl.refresh.told`)."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """One JSON object a line, as a refresh writes them: at, event, level, message, trace where one is."""

    def __init__(self, event: str) -> None:
        super().__init__()
        self._event = event

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "event": self._event,
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_to_stderr(event: str, level: int = logging.INFO) -> None:
    """Sentences on a terminal, JSON lines elsewhere; where logging is set up already, as it is."""
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S")
    handler.setFormatter(plain if sys.stderr.isatty() else JsonLines(event))
    logging.basicConfig(level=level, handlers=[handler])
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would write whole addresses
