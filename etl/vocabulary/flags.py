"""The flags of single reports, with the sentence that a reader sees."""

from functools import cache

from etl.vocabulary import Label, labels, load


@cache
def flag_labels() -> dict[str, Label]:
    """Return flag code -> English and Arabic sentence."""
    return labels(load("flags"))
