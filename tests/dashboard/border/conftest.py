"""Frames of events, as for the figures."""

from tests.dashboard.figures.conftest import look, make_events

__all__ = ["look", "make_events"]
