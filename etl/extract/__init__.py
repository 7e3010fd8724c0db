"""Reading the news: a page's words become claims of seizures, each value with the words that gave it."""

from etl.extract.claims import claims
from etl.extract.records import Document, Extraction, Found, TextClaim

__all__ = ["Document", "Extraction", "Found", "TextClaim", "claims"]
