"""What five fields of a crontab mean, and what is said of those that mean nothing."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.crontab import ScheduleError, cron_trigger, following

SUNDAY = datetime(2026, 11, 22, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "days_and_hours"),
    [
        ("15 */6 * * *", ["22 12:15", "22 18:15", "23 00:15"]),
        ("0 6 * * *", ["23 06:00", "24 06:00", "25 06:00"]),
        ("30 5 1 dec *", ["01 05:30"]),
        # weekdays are cron's: 0 and 7 are Sunday, 1 is Monday
        ("0 6 * * 0", ["29 06:00", "06 06:00"]),
        ("0 6 * * 7", ["29 06:00", "06 06:00"]),
        ("0 6 * * 1", ["23 06:00", "30 06:00"]),
        ("0 6 * * mon", ["23 06:00", "30 06:00"]),
        ("0 6 * * 1-5", ["23 06:00", "24 06:00", "25 06:00", "26 06:00", "27 06:00", "30 06:00"]),
        ("0 6 * * 5-7", ["27 06:00", "28 06:00", "29 06:00", "04 06:00"]),
        ("0 6 * * FRI-SUN", ["27 06:00", "28 06:00", "29 06:00", "04 06:00"]),
        ("0 6 * * 2,4", ["24 06:00", "26 06:00", "01 06:00"]),
        ("0 6 * * */2", ["24 06:00", "26 06:00", "28 06:00", "29 06:00"]),
        ("0 6 * * 1/3", ["23 06:00", "26 06:00", "30 06:00"]),
    ],
)
def test_times_are_those_of_cron(expression: str, days_and_hours: list[str]) -> None:
    trigger, moment = cron_trigger(expression), SUNDAY
    for expected in days_and_hours:
        after = following(trigger, moment)
        assert after is not None
        assert after > moment
        assert after.strftime("%d %H:%M") == expected
        moment = after


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("", "has 0 field(s); five are needed"),
        ("15 */6 * *", "has 4 field(s)"),
        ("@daily", "has 1 field(s)"),
        ("0 15 */6 * * *", "has 6 field(s)"),
        ("61 * * * *", "the minute '61'"),
        ("15 24 * * *", "the hour '24'"),
        ("15 */0 * * *", "the hour '*/0'"),
        ("15 6 32 * *", "the day of the month '32'"),
        ("15 6 * 13 *", "the month '13'"),
        ("15 6 * * 8", "the weekday '8'"),
        ("15 6 * * mon-", "'mon-' is no weekday"),
        ("15 6 * * 5-2", "run backwards"),
        ("15 6 * * ;reboot", "is no weekday"),
        ("a b c d e", "the minute 'a'"),
        ("0 6 13 * 5", "both a day of the month and a weekday"),
        ("0 0 30 2 *", "never comes"),
    ],
)
def test_what_is_wrong_is_said(expression: str, said: str) -> None:
    with pytest.raises(ScheduleError) as error:
        cron_trigger(expression)
    assert said in str(error.value)


def test_an_unknown_time_zone_is_said() -> None:
    for name in ("Mars/Olympus", "../etc/passwd"):
        with pytest.raises(ScheduleError, match="no time zone"):
            cron_trigger("0 6 * * *", timezone=name)


def test_a_jitter_never_reaches_the_next_time() -> None:
    with pytest.raises(ScheduleError, match="past the next"):
        cron_trigger("0,10 * * * *", jitter_s=600)
    trigger = cron_trigger("15 */6 * * *", jitter_s=300)
    delays = {trigger.get_next_fire_time(None, SUNDAY + timedelta(minutes=1)) for _ in range(20)}
    earliest = SUNDAY.replace(hour=12)
    assert all(earliest <= time <= earliest + timedelta(seconds=300) for time in delays)
    assert len(delays) > 1
    assert following(trigger, SUNDAY) == earliest, "the time that is told is the one without the delay"


def test_no_time_is_lost_or_doubled_where_clocks_change() -> None:
    moment, times = datetime(2026, 10, 24, 20, tzinfo=UTC), []  # summer time ends that night in Europe
    for _ in range(8):
        moment = following(cron_trigger("15 */6 * * *"), moment) or moment
        times.append(moment)
    assert {b - a for a, b in pairwise(times)} == {timedelta(hours=6)}


@given(st.text(alphabet="0123456789*/,-monsufrijanfebLW# ", max_size=30))
def test_any_text_gives_times_or_a_sentence(expression: str) -> None:
    try:
        trigger = cron_trigger(expression)
    except ScheduleError as error:
        assert str(error).endswith(".")
    else:
        assert (following(trigger, SUNDAY) or SUNDAY) > SUNDAY
