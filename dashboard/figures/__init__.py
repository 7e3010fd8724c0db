"""Figures: pure functions from a frame of events to a plotly figure, a sentence and a table.

Nothing here reads a file at call time, keeps state or knows of callbacks: the same frame gives the same
figure.
Every function returns a `View`, so that each chart comes with a text summary and the numbers it draws.
"""
