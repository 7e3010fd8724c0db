"""Finding the dates of a text and resolving them as a careful reader would.

The rules live in `day_calendar`, `day_hijri`, `day_relative` and `day_periods`, as patterns over the letters
of `day_words`. They are tried at each place in the order below, longer forms first; the first that makes
sense wins. Where nothing says which day is meant, `first` and `last` are None: the day on which this code
runs plays no part.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from etl.extract import day_calendar, day_hijri, day_periods, day_relative
from etl.extract.day_dateline import page_rule
from etl.extract.day_rules import EARLIEST, LATEST, Page, Reading, Rule
from etl.extract.day_words import Words, read_words
from etl.extract.mentions import Day
from etl.extract.text import Text


@cache
def _rules() -> tuple[Rule, ...]:
    return (
        *day_calendar.NOT_DATES,
        *day_periods.RULES,
        *day_hijri.RULES[:2],
        *day_calendar.RULES,
        *day_hijri.RULES[2:],
        *day_relative.RULES,
        *day_calendar.COARSE_RULES,
        *day_periods.UNANCHORED_RULES,
    )


@cache
def _grammar() -> dict[str, tuple[tuple[Rule, re.Pattern[str]], ...]]:
    """Return the rules that may begin with a letter, in their order."""
    compiled = [(rule, re.compile(rule.pattern)) for rule in _rules()]
    letters = sorted({letter for rule in _rules() for letter in rule.starts})
    return {letter: tuple(c for c in compiled if letter in c[0].starts) for letter in letters}


def find(text: Text, published: date | None) -> list[Day]:
    """Return the dates and periods that a text names, in order, without overlaps. Linear in the text.

    Dates that only say when the page was made carry the rule `dateline` ("BAGHDAD, March 5 -") or `timestamp`
    (a line of its own, a date with the time of day).
    """
    words = read_words(text)
    grammar = _grammar()
    letters = words.letters
    page = Page(published if published and EARLIEST <= published <= LATEST else None)
    days: list[Day] = []
    reached = 0
    for start, letter in enumerate(letters):
        if start < reached or letter not in grammar:
            continue
        for rule, pattern in grammar[letter]:
            found = pattern.match(letters, start)
            reading = found and rule.read(words, start, found.end(), page)
            if found and rule in day_calendar.NOT_DATES:
                reached = found.end()
            elif found and reading:
                reached = found.end()
                days.append(_day(text.folded, words, (start, reached), rule.name, reading))
                page.remember(days[-1])
            if start < reached:
                break
    return days


def _day(folded: str, words: Words, place: tuple[int, int], rule: str, reading: Reading) -> Day:
    start, end = place
    letters = words.letters[start : end + 1]
    if letters.count("(") > letters.count(")") - letters.endswith(")") and letters.endswith(")"):
        end += 1  # "Tuesday (September 26)"
    first, last, precision = reading.span or (None, None, reading.precision)
    if rule in {"calendar", "hijri"} and precision == "day":
        rule = page_rule(folded, words, start, end) or rule
    begin, stop = words.tokens[start].start, words.tokens[end - 1].end
    return Day(begin, stop, first, last, precision, reading.basis, reading.kind, rule)
