"""Readers that hang, die and hoard: found by name in the processes that run them."""

import os
import time


def sleeps(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def dies(code: int) -> str:
    os._exit(code)


def hoards(size: int) -> str:
    return str(len(bytearray(size)))
