"""Figures that repeat each other, and figures that are sums of others."""

import pytest

from etl.extract.loads import Figure, best_of, figure, same_figure, significant, sum_of
from etl.extract.mentions import Quantity


def fig(value, qualifier="exact", drug="captagon", unit="tablets", index=0):
    low, high = value if isinstance(value, tuple) else (value, value)
    made = figure(index, 0, Quantity(0, 1, low, high, unit, qualifier, drug))
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (fig(4_700_000), fig(4_793_000), True),  # a headline cuts
        (fig(14_000_000, "over"), fig(14_600_000), True),
        (fig(1, "over", unit="tonnes"), fig(1.1, unit="tonnes"), True),
        (fig(1, "over", unit="tonnes"), fig(1.5, unit="tonnes"), False),
        (fig(1.1, unit="tonnes"), fig(1100, unit="kg"), True),
        (fig(3_000_000), fig(3_054_000), True),
        (fig(500_000, "about"), fig(492_000), True),
        (fig(3_000_000), fig(3_500_000), False),
        (fig(9_859), fig(11_424), False),
        (fig(4_600_000), fig(4_900_000), False),
        (fig(100), fig(100, unit="kg"), False),
        (fig(100, drug="captagon"), fig(100, drug="hashish"), False),
        (fig(100, drug="captagon"), fig(100, drug="pills_unspecified"), True),
        (fig(100, drug="captagon"), fig(100, drug=""), True),
        (fig((10, 15), unit="tonnes"), fig(12.5, unit="tonnes"), True),
        (fig(5, unit="bags"), fig(5, unit="strips"), False),
    ],
)
def test_same_figure(one, other, same):
    assert same_figure(one, other) is same
    assert same_figure(other, one) is same


@pytest.mark.parametrize(
    ("total", "others", "parts"),
    [
        (fig(301_325), [209_759, 91_566], 2),
        (fig(151_139), [43_000, 45_349, 62_790], 3),
        (fig(242_296), [202_570, 9_859, 6_040, 11_424, 12_403], 5),
        (fig(8_000_000, "over"), [3_054_000, 5_281_250], 2),
        (fig(300_000), [209_759, 91_566], 2),
        (fig(500_000), [209_759, 91_566], 0),
        (fig(301_325), [301_325], 0),
        (fig(100), list(range(1, 20)), 0),  # too many: any sum would be chance
    ],
)
def test_sums(total, others, parts):
    found = sum_of(total, [fig(value, index=i + 1) for i, value in enumerate(others)])
    assert len(found) == parts


def test_the_finest_figure_is_kept():
    figures = [
        fig(1, "over", unit="tonnes"),
        fig(1.1, unit="tonnes", index=1),
        fig(1.1, unit="tonnes", index=2),
    ]
    assert best_of(figures).index == 1


@pytest.mark.parametrize(
    ("value", "digits"), [(3_000_000, 1), (4_793_000, 4), (1.1, 2), (0.5, 1), (24, 2), (1e9, 1)]
)
def test_significant_digits(value, digits):
    assert significant(value) == digits


@pytest.mark.parametrize("low", [None, 0, -1])
def test_vague_numbers_make_no_figure(low):
    assert figure(0, 0, Quantity(0, 1, low, low, "tablets", "exact")) is None


def test_weights_are_in_kilograms():
    assert isinstance(fig(2, unit="tonnes"), Figure)
    assert fig(2, unit="tonnes").middle == 2000
    assert fig(725, unit="g").middle == pytest.approx(0.725)


def test_a_caption_does_not_refine_what_the_story_says():
    made = [figure(i, i, Quantity(0, 1, v, v, "tablets", "exact", "captagon"), told=t) for i, v, t in (
        (0, 250_000, True), (1, 242_500, False),
    )]  # fmt: skip
    assert best_of([f for f in made if f]).index == 0
