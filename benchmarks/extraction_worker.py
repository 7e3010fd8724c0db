"""One measurement of an extractor in a process of its own; `benchmarks.extraction` starts it.

python -m benchmarks.extraction_worker JOB ours|peer ...

Prints one JSON object. Jobs: `speed FILES...` (start-up, time and memory of reading labelled articles),
`stream LANG` (nine unrelated articles to a labelled one), `memory COUNT` (many articles through the reader of
files), `adversarial NAME BYTES` (one hostile text).
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent / "tests/gold/articles"
EXTRACTORS = {
    "ours": ("benchmarks.extraction_gold", "own_answer"),
    "peer": ("benchmarks.extraction_peer", "answer"),
}
FIRST = {
    "en": "Customs seized 3 million captagon pills at Al-Qaim on Saturday.",
    "ar": "ضبطت الجمارك 350 ألف حبة كبتاغون في القائم يوم السبت.",
}
SECONDS = 6.0
"""A speed is measured over whole rounds until so much processor time has passed."""
BLOCKS = {
    "digits": "1234567890",
    "commas": ", ",
    "grouped digits": "1,234,567.",
    "and": "two and ",
    "number words": "ثلاثة ملايين و350 ألف و",
    "pills": "3 million pills and ",
    "places": "Al-Qaim, Anbar and Baghdad; ",
    "one sentence": "In Anbar customs seized 3 million captagon pills and ",
    "bidi": "\u202e\u2067ab\u2069\u202c",
    "zero width": "ka\u200bp\u200dta\u200cgon 3\u200b0 ",
    "marks": "كَّ" * 4,
    "brackets": '(((«"',
    "spaces": "  \t \u00a0",
    "lines": "seized\n\n",
}


def extractor(name: str) -> Callable[[Any], dict[str, Any]]:
    """The function that answers for a document; imported here so that its start-up is measured."""
    module, function = EXTRACTORS[name]
    found: Callable[[Any], dict[str, Any]] = getattr(import_module(module), function)
    return found


def megabytes() -> float:
    """Greatest memory that this process has held, without what its parent held when it was started."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)  # macOS: bytes


def documents(files: Iterable[Path]) -> list[Any]:
    """Documents of article lines."""
    from etl.extract.documents import read  # noqa: PLC0415 - the start-up of `etl` belongs to the measurement

    return [item for file in files for item in read(file) if hasattr(item, "body")]


def speed(name: str, texts: Callable[[], list[Any]]) -> dict[str, float]:
    """Processor seconds to start, articles and MB of UTF-8 a processor second on one core, peak memory."""
    begin = time.process_time()
    read = extractor(name)
    from etl.extract import Document  # noqa: PLC0415

    for lang, text in FIRST.items():
        read(Document("first", text, lang=lang))
    start = time.process_time() - begin
    articles = texts()
    size = sum(len(document.body.encode()) for document in articles)
    rounds, begin = 0, time.process_time()
    while (took := time.process_time() - begin) < SECONDS:
        for document in articles:
            read(document)
        rounds += 1
    count = rounds * len(articles)
    return {"start": start, "articles": count / took, "mb": rounds * size / took / 1e6, "peak": megabytes()}


def mixed(lang: str) -> list[Any]:
    """Nine unrelated articles to a labelled one, as a refresh meets them."""
    unrelated = cycle(documents([HERE / f"data/unrelated_{lang}.jsonl"]))
    labelled = documents([GOLD / f"dev_{lang}.jsonl"])
    return [d for one in labelled for d in (*islice(unrelated, 9), one)]


def memory(name: str, count: int) -> dict[str, float]:
    """Peak memory after a tenth, half and all of so many article lines of both languages, all different."""
    from etl.extract.documents import lines  # noqa: PLC0415
    from etl.extract.streaming import stream  # noqa: PLC0415

    files = [
        *(HERE / f"data/unrelated_{lang}.jsonl" for lang in ("en", "ar")),
        GOLD / "dev_en.jsonl",
        GOLD / "dev_ar.jsonl",
    ]
    originals = [line for file in files for line in file.read_bytes().splitlines(keepends=True)]

    class Endless(io.RawIOBase):
        """The lines over and over, each with words of its own, made as they are read."""

        number = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.number += 1
            if self.number > count:
                return b""
            line = originals[self.number % len(originals)]
            return line.replace(b'"text": "', b'"text": "No. %d-%x. ' % (self.number, self.number * 7919), 1)

    peaks, done = {}, 0
    for piece in stream(lines(Endless(), "many"), extractor(name)):  # type: ignore[arg-type]
        done += len(piece.results)
        if done in (count // 10, count // 2):
            peaks["tenth" if done == count // 10 else "half"] = megabytes()
    return {"articles": done, "all": megabytes(), **peaks}


def adversarial(name: str, block: str, size: int) -> dict[str, float]:
    """Processor seconds for a text of so many bytes made of one block over and over; the best of three."""
    from etl.extract import Document  # noqa: PLC0415

    read = extractor(name)
    read(Document("first", FIRST["en"]))
    start = " ".join(FIRST.values())  # a seizure, so that the text is read in full
    text = start + BLOCKS[block] * (size // len(BLOCKS[block].encode()))
    times = []
    for _ in range(3):
        begin = time.process_time()
        read(Document("hostile", text))
        times.append(time.process_time() - begin)
    return {"seconds": min(times)}


def main(arguments: list[str]) -> int:
    """Do one job and print its figures."""
    job, name, *rest = arguments
    jobs: dict[str, Callable[[], dict[str, float]]] = {
        "speed": lambda: speed(name, lambda: documents(map(Path, rest))),
        "stream": lambda: speed(name, lambda: mixed(rest[0])),
        "memory": lambda: memory(name, int(rest[0])),
        "adversarial": lambda: adversarial(name, rest[0], int(rest[1])),
    }
    print(json.dumps(jobs[job]()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
