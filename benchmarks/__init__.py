"""Measurements, one module a table: `python -m benchmarks` runs all, `python -m benchmarks.build` one.

A module has `main() -> int`: it prints its table and returns 1 when a limit that it holds is broken.
"""
