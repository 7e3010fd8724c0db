"""Briefs: one self-contained file of a view, to attach to a letter: HTML, or PDF through Chromium."""
