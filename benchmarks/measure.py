"""Seconds and queries of a call."""

import gc
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What a call took; ``result`` is what it gave the last time."""

    seconds: float
    queries: int
    result: object = None


def measure(env, call, times=1):
    """Call, with nothing in Odoo's cache, and take the fastest of ``times``."""
    best = None
    for _turn in range(times):
        result = None
        env.flush_all()
        env.invalidate_all()
        gc.collect()
        before, start = env.cr.sql_log_count, time.perf_counter()
        result = call()
        seconds = time.perf_counter() - start
        queries = env.cr.sql_log_count - before
        if best is None or seconds < best.seconds:
            best = Measured(seconds, queries)
    return Measured(best.seconds, best.queries, result)


def table(head, rows):
    """Lay rows out in columns, right-aligned.

    >>> print(table(("people", "seconds"), [("1,000", "0.1"), ("10", "12.0")]))
    people  seconds
     1,000      0.1
        10     12.0
    """
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = (
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in (head, *rows)
    )
    return "\n".join(lines)
