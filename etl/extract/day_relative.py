"""Days told from another day: weekdays, "yesterday", "three weeks ago", "a day earlier", "الشهر الماضي".

"On Thursday" is the latest Thursday up to the day of publication, "last Thursday" (الخميس الماضي) the latest
one before it. "A day earlier" and "the same day" count from the date that the text gave last, else from
publication.
"""

from __future__ import annotations

from datetime import date, timedelta

from etl.extract.day_calendar import EDGE, Parts, parts, resolve
from etl.extract.day_rules import (
    PRECISION,
    Page,
    Reading,
    Rule,
    Span,
    day_span,
    months_before,
    shifted,
    unit_span,
)
from etl.extract.day_words import Words

UNITS = "DKmyU"
COUNT = r"(?:~?(?:[dcn]|av?|v)|~)"
UNIT = rf"{EDGE}(?:[LC][Kmy]|[Kmy][LC]|X[Kmy]|[Kmy]X)(?![MHdY])"
WEEKDAY_SAID = r"(?:D?T,?[/(]?)?D?(?:[LCX]W|W[LCX](?![DKmyWMQS])|W(?:[,]?[Of]?(?:LK|KL))?)"


def weekday_before(published: date, weekday: int, *, strictly: bool) -> date:
    """Return the latest such weekday (Monday 0) up to a day, or before it."""
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def counted(words: Words, start: int, end: int) -> tuple[str, int | None]:
    """Return the unit (D K m y) between two tokens and how many; None for "a few", "أيام"."""
    for index in range(start, end):
        if words.letters[index] in UNITS:
            unit, own = words.letters[index], words.tokens[index].value
            break
    else:
        return "", None
    if "v" in words.letters[start:end]:
        return unit, None
    number = words.first("dcna", start, end)
    if own == 10:  # a decade
        return unit, 10 * (number or 1)
    return unit, number if number is not None else own or None


def _weekday(words: Words, start: int, end: int, page: Page) -> Reading | None:
    weekday = words.first("W", start, end)
    letters = words.letters[start:end]
    if weekday is None or (weekday == 0 and _the_two(words, start, letters)):
        return None
    if page.published is None:
        return Reading(None, "weekday")
    if "K" in letters:
        monday = unit_span(page.published - timedelta(weeks=1), "K").first
        return Reading(day_span(monday + timedelta(days=weekday)), "weekday")
    if "X" in letters:
        ahead = (weekday - page.published.weekday()) % 7 or 7
        return Reading(day_span(page.published + timedelta(days=ahead)), "weekday")
    return Reading(day_span(weekday_before(page.published, weekday, strictly="L" in letters)), "weekday")


def _the_two(words: Words, start: int, letters: str) -> bool:
    """Tell whether الاثنين is "both" ("بين الاثنين") rather than Monday."""
    return letters == "W" and bool(start) and words.letters[start - 1] == "b"


def _today(words: Words, start: int, end: int, page: Page) -> Reading | None:
    shift = words.first("T", start, end)
    lead = words.letters[start - 1] if start else ""
    if shift is None or (shift == 0 and lead == "i" and start in words.arabic):
        return None  # "في اليوم": per day, on the day that
    if page.published is None:
        return Reading(None, "relative")
    return Reading(day_span(page.published + timedelta(days=shift)), "relative")


def _unit(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "last month", "this week", "منتصف العام الفائت", "earlier this month"."""
    letters = words.letters[start:end]
    unit, count = counted(words, start, end)
    if count != 1:
        return trailing(unit, count, page)
    lead = words.letters[max(0, start - 2) : start]
    rolling = letters.startswith("L") and lead.endswith("r") and lead != "fr"
    if page.published is None:
        return Reading(None, "relative", precision=PRECISION[unit])
    if rolling and lead[:1] in {"i", "u"}:  # "in the past week": seven days up to now
        first = shifted(page.published, unit, -1)
        return Reading(Span(first, page.published, "period"), "relative", "period")
    move = -1 if "L" in letters else 1 if "X" in letters else 0
    return Reading(unit_span(shifted(page.published, unit, move), unit), "relative")


def trailing(unit: str, count: int | None, page: Page) -> Reading:
    """Read "past nine months", "العامين الماضيين": that long up to publication."""
    if page.published is None or count is None or count > 200:
        return Reading(None, "relative", "period", "period")
    first = shifted(page.published, unit, -count)
    return Reading(Span(first, page.published, "period"), "relative", "period")


def _bare_unit(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "earlier in the month", "وفي وقت سابق من الشهر": the current one."""
    unit, _ = counted(words, start, end)
    if page.published is None:
        return Reading(None, "relative", precision=PRECISION[unit])
    return Reading(unit_span(page.published, unit), "relative")


def _day_of_month(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "الثامن من الشهر الجاري", "the 8th of last month"."""
    return Reading(resolve(parts(words, start, end), page.published), "relative")


def _of_this(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "20 الجاري", short for "20 من الشهر الجاري"."""
    if end - 1 not in words.arabic:
        return None
    day = words.first("do", start, end)
    return Reading(resolve(Parts(day=day, months_back=0), page.published), "relative")


def _weekday_of_month(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "Monday 18th": the latest day that is both."""
    if page.published is None:
        return Reading(None, "weekday")
    weekday, number = words.first("W", start, end), words.first("o", start, end)
    for back in range(366):
        day = page.published - timedelta(days=back)
        if (day.weekday(), day.day) == (weekday, number):
            return Reading(day_span(day), "weekday")
    return None


def _season(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "last summer", "صيف 2023": three months; winter begins in the December of its year."""
    said = parts(words, start, end)
    first_month = words.first("S", start, end)
    basis = "stated" if said.year else "relative"
    if first_month is None or not (said.year or page.published):
        return Reading(None, basis, precision="period")
    if said.year or page.published is None:
        first = date(said.year or 1, first_month, 1)
    else:
        first = page.published.replace(month=first_month, day=1)
        to_come = months_before(first, -3) if said.strict else first
        if said.shift == -1 or to_come > page.published:
            first = first.replace(year=first.year - 1)
    return Reading(Span(first, months_before(first, -3) - timedelta(days=1), "period"), basis)


def _ago(words: Words, start: int, end: int, page: Page) -> Reading | None:
    unit, count = counted(words, start, end)
    if page.published is None or count is None or count > 200:
        return Reading(None, "relative", precision=PRECISION[unit])
    return Reading(unit_span(shifted(page.published, unit, -count), unit), "relative")


def _other_day(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "a day earlier", "two weeks later", "the same day", "قبل ذلك بيومين"."""
    away = words.first("ezRNF", start, end)
    direct = words.first("N", start, end) is not None
    unit, count = ("D", 1) if direct else counted(words, start, end)
    if away is None or _of_an_event(words, start, end):
        return Reading(None, "relative", precision=PRECISION[unit])
    reference = page.reference(unit)
    day = reference.first if reference else page.published
    if day is None or count is None or count > 200:
        return Reading(None, "relative", precision=PRECISION[unit])
    if reference and reference.precision == "month" and unit in "DK":
        return Reading(unit_span(day, "m"), "relative") if away == 0 else Reading(None, "relative")
    return Reading(unit_span(shifted(day, unit, away * count), unit), "relative")


def _of_an_event(words: Words, start: int, end: int) -> bool:
    """Tell whether "before" goes on with an event: "two days before the raid"."""
    return words.letters[end - 1] == "z" and words.letters[end : end + 1] in {"r", "j", "C", "a"}


def _weekend(words: Words, start: int, end: int, page: Page) -> Reading | None:
    if page.published is None:
        return Reading(None, "relative", precision="period")
    saturday = weekday_before(page.published, 5, strictly="L" in words.letters[start:end])
    return Reading(Span(saturday, saturday + timedelta(days=1), "period"), "relative")


COUNT_STARTS = "~dcnav"
_SINCE_DAYS = rf"s(?:{COUNT})?[DK](?![LCWMHdYT])"  # "منذ يومين"
_NOT_LONG_BEFORE = r"(?![MHdYWLCTf])"  # "قبل يوم الأحد", "قبل يوم من العملية"
RULES = (
    Rule("of_month", "do", r"[do][Of]r?(?:m[LC]|[LC]m)", _day_of_month),
    Rule("of_month", "do", r"[do]f?C(?![DKmyWMQSTc])", _of_this),
    Rule("weekday", "WD", r"D?W,?r?o(?=[,.;:x\n-]|$)", _weekday_of_month),
    Rule("from_other_day", "rN", r"r?N", _other_day),
    Rule("from_other_day", COUNT_STARTS + "riDKmy", rf"(?:{COUNT}|r|i)?[DKmy][ez]", _other_day),
    Rule("from_other_day", "R", r"R~?(?:[dc]|a)?[DKmy][dca]?", _other_day),
    Rule("from_other_day", "FKmy", r"F[Kmy]|[Kmy]F", _other_day),
    Rule("weekday", "DTWLCX", WEEKDAY_SAID, _weekday),
    Rule("today", "DT", r"D?T", _today),
    Rule("ago", COUNT_STARTS + "DKmy", rf"(?:{COUNT})?[DKmy]g", _ago),
    Rule("ago", "Bs", rf"B(?:{COUNT})?[DKmy]{_NOT_LONG_BEFORE}|{_SINCE_DAYS}", _ago),
    Rule("unit", "eELCXKmy", rf"e[Ofi]?r?{UNIT}|{UNIT}", _unit),
    Rule("unit", "eE", r"(?:e[Ofi]|E-?[Of]?)r?[Kmy](?![MHYLCdhA])", _bare_unit),
    Rule("season", "LCS", r"[LC]S|S,?[Of]?(?:y?Y|[LC]y|y[LC])|S[LC]", _season),
    Rule("weekend", "LZ", r"LZ|ZL?", _weekend),
)
