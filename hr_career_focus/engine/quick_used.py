"""The quick answer for somebody who used a right before.

It walks through the uses as :mod:`.intervals` does, with the terms of each day read
from the rows.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .amounts import amount, needs_hours, needs_wage
from .dates import begun_months, previous_day
from .intervals import interval_end
from .rows import NEVER, VALID_FROM, Position, spell_of
from .values import (
    AVAILABLE,
    CALENDAR_BLOCK,
    NOT_YET,
    ROLLING_COMPLETION,
    ROLLING_START,
    USED_UP,
    ZERO,
    Use,
)


class Counted(NamedTuple):
    """One use as it counts on the day."""

    on: date
    quantity: Decimal
    granted: Decimal
    completed: date | None


class Running(NamedTuple):
    """The uses of the running interval or block."""

    since: date
    ends: date | None
    uses: list[Counted]
    part: tuple[int, int] | None = None


def used(quick, position: Position, terms, uses: list[Use], opens, loss) -> dict | None:
    """Return the values of the answer, ``None`` when the engine must be asked."""
    counted = counted_uses(uses, quick.on_date)
    if counted is None:
        return None
    if quick.kind in (ROLLING_START, ROLLING_COMPLETION):
        running, back = _rolling(quick, counted)
        if running is None:
            opened = max(opens, back) if back else opens
            if opens > quick.on_date:
                return quick.too_early(position, terms, opens, loss)
            return quick.unused(position, terms, opened, loss)
    else:
        running = _block(quick, position, counted)
        if running is None:
            return None
        if not running.uses:
            if opens > quick.on_date:
                return quick.too_early(position, terms, opens, loss)
            return quick.unused(position, terms, opens, loss)
    worth = _worth(quick, position, running)
    if worth is None:
        return None
    granted = max(worth, *(use.granted for use in running.uses))
    left = granted - sum((use.quantity for use in running.uses), ZERO)
    return _answer(quick, running, granted, left, opens, loss)


def counted_uses(uses: list[Use], on_date: date) -> list[Counted] | None:
    """Return the uses that count, oldest first; ``None`` when a voucher is out."""
    found = []
    for use in uses:
        quantity = use.quantity
        if use.expires is not None:
            if use.expires >= on_date:
                return None
            quantity = use.redeemed
            if not quantity:
                continue
        done = use.completed
        known = done if done is None or done <= on_date else None
        found.append(Counted(use.on, quantity, use.granted or ZERO, known))
    found.sort(key=lambda use: use.on)
    return found


def _rolling(quick, counted: list[Counted]) -> tuple[Running | None, date | None]:
    """Return the running interval, or the day the last one was over."""
    waits = quick.kind == ROLLING_COMPLETION
    group: list[Counted] = []

    def end_on(day: date) -> date:
        """Return the first day after the interval, as far as is known on a day."""
        if not waits:
            return interval_end(quick, quick.wording, group[0].on)[0]
        if any(use.completed is None or use.completed > day for use in group):
            return NEVER
        last = max(use.completed for use in group)
        return interval_end(quick, quick.wording, last)[0]

    for use in counted:
        if group and use.on >= end_on(use.on):
            group = []
        group.append(use)
    if not group:
        return None, None
    end = end_on(quick.on_date)
    if quick.on_date >= end:
        return None, end
    return Running(group[0].on, None if end == NEVER else end, group), None


def _block(quick, position: Position, counted: list[Counted]) -> Running | None:
    start, ends = quick.block(position)
    inside = [use for use in counted if start <= use.on < ends]
    part = None
    if quick.kind == CALENDAR_BLOCK and inside and quick.rule.prorate_part:
        if inside[0].on < position.start:
            return None
        if position.start > start:
            part = begun_months(position.start, ends), quick.rule.interval.months
    return Running(start, None if ends == NEVER else ends, inside, part)


def _worth(quick, position: Position, running: Running) -> Decimal | None:
    """Return what the first use was granted, ``None`` when a fact is missing."""
    day = running.uses[0].on
    row = position.rows[0]
    for other in position.rows:
        if other[VALID_FROM] <= day:
            row = other
    spell = spell_of(row)
    laws = [law.rule for law in quick.right.laws(day)] or [quick.rule]
    if any(needs_hours(rule, spell) or needs_wage(rule, spell) for rule in laws):
        return None
    return max(
        amount(rule, spell, running.part if rule.prorate_part else None)
        for rule in laws
    )


def _answer(quick, running: Running, granted, left, opens, loss) -> dict:
    found = {"granted": granted}
    ends = running.ends
    if left > 0:
        if opens > quick.on_date:
            found["status"] = NOT_YET
            found["next_date"] = opens if opens < loss else None
            return found
        found["status"] = AVAILABLE
        found["left"] = left
        found["since"] = running.since
        over = min(loss, ends or NEVER)
        if over != NEVER:
            found["until"] = previous_day(over)
            found["lapsing"] = left
            found["next_date"] = ends if ends and ends < loss else None
        return found
    day = max(ends or NEVER, opens)
    if ends is not None and opens >= ends:
        found["status"] = NOT_YET
    else:
        found["status"] = USED_UP
        found["since"] = running.since
    found["next_date"] = day if day < loss else None
    return found
