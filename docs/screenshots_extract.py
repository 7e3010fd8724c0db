"""Take the pictures of `etl extract --explain`: an English and an Arabic article.

usage: python docs/screenshots_extract.py [FOLDER]     (default: docs/images)
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from etl.extract import Document, claims  # noqa: E402
from etl.extract.documents import read  # noqa: E402
from etl.extract.explain import explanation  # noqa: E402

ARTICLES = {"en": "en-001", "ar": "ar-001"}
COLUMNS = 112
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px; background: {background}; display: inline-block; }}
pre {{ margin: 0; font: 15px/1.5 "DejaVu Sans Mono", monospace; color: {foreground}; }}
pre {{ unicode-bidi: plaintext; }}
{stylesheet}</style></head><body><pre><code>{code}</code></pre></body></html>"""
"""Each line is laid out in its own direction, as terminals that know Arabic do."""


def main(folder: Path) -> None:
    """Write explain-en.png and explain-ar.png into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    own = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        for lang, article in ARTICLES.items():
            found = read(ROOT / f"tests/gold/articles/dev_{lang}.jsonl")
            document = next(d for d in found if isinstance(d, Document) and d.id == article)
            console = Console(
                record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False
            )
            console.print(explanation(document, claims(document)))
            page = browser.new_page(viewport={"width": 1200, "height": 800}, device_scale_factor=1)
            page.set_content(console.export_html(theme=DIMMED_MONOKAI, code_format=PAGE))
            page.locator("body").screenshot(path=folder / f"explain-{lang}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images")
