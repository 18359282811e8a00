"""One person, one right and a day asked about: what every part of the engine reads.

A :class:`Case` holds only what is known on the day asked about: later uses are not,
and neither is a traject's end after that day. It can be asked about any later day
too: "what would hold then, when nothing more is used?"
"""

from collections.abc import Iterable
from copy import copy
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .amounts import amount
from .career import Career
from .dates import add_months, begun_months, period_index
from .law import Right, Wording
from .values import CALENDAR_BLOCK, FIXED, ONCE, ZERO, Spell, Use


class Counted(NamedTuple):
    """One use as it counts on a day."""

    on: date
    quantity: Decimal
    granted: Decimal
    completed: date | None


class Case:
    """What is known about one right of one person on the day asked about."""

    def __init__(
        self, career: Career, right: Right, uses: Iterable[Use], on_date: date
    ):
        self.career = career
        self.right = right
        self.on_date = on_date
        #: count on after the last text, see :meth:`going_on`
        self.forever = False
        #: what is earned, for each employment as far as it was looked at
        self.offers: dict = {}
        self.uses = sorted(
            (
                use
                for use in uses
                if use.rule_key == right.key and not use.returned and use.on <= on_date
            ),
            key=lambda use: use.on,
        )

    def counted(self, day: date) -> list[Counted]:
        """Return the uses that count on a day, oldest first.

        A voucher that expired unused does not; a use of nothing does.
        """
        found = []
        for use in self.uses:
            quantity = use.counted(day)
            if quantity or use.expires is None or day <= use.expires:
                done = use.completed
                known = done if done is None or done <= self.on_date else None
                found.append(Counted(use.on, quantity, use.granted or ZERO, known))
        return found

    def expiries(self) -> list[date]:
        """Return the last days of the vouchers of this right."""
        return [use.expires for use in self.uses if use.expires is not None]

    def terms(self, day: date) -> Spell:
        """Return the terms of a day."""
        return self.career.terms_on(day)

    def laws(self, day: date, wording: Wording) -> list[Wording]:
        """Return the wordings that a quantity granted on a day rests on.

        On a day without the right that is ``wording``, the one to answer with.
        """
        return self.right.laws(day) or [wording]

    def worth(
        self, day: date, wording: Wording, part: tuple[int, int] | None = None
    ) -> Decimal:
        """Return what the right gives to who starts using it on a day."""
        terms = self.terms(day)
        return max(
            amount(law.rule, terms, part if law.rule.prorate_part else None)
            for law in self.laws(day, wording)
        )

    def pieces(self, first: date, last: date) -> list[date]:
        """Return the days from ``first`` to ``last`` on which terms or texts change."""
        begins = {spell.valid_from for spell in self.career.spells}
        begins.update(self.right.known_breaks)
        return sorted({first, *(day for day in begins if first < day <= last)})

    def going_on(self, day: date) -> "Case":
        """Return the case as if employment and right of a day never end."""
        going = copy(self)
        going.forever, going.offers = True, {}
        employed = self.career.employed(day)
        if employed:
            going.career = copy(self.career)
            going.career.occupations = [(employed[0], date.max)]
        return going

    def block(self, wording: Wording, day: date) -> tuple[date, date] | None:
        """Return first day and first day after of the block that covers a day.

        ``None`` when blocks are counted from the start of an employment and there is
        none; the end is ``date.max`` for a right that is given once.
        """
        interval = wording.rule.interval
        if interval.kind == CALENDAR_BLOCK:
            origin = interval.origin
        else:
            origin = self.career.service_start(day)
            if origin is None:
                return None
            if interval.kind == ONCE:
                return origin, date.max
        index = period_index(origin, interval.months, day)
        return (
            add_months(origin, index * interval.months),
            add_months(origin, (index + 1) * interval.months),
        )

    def part_of_block(
        self, wording: Wording, block: tuple[date, date], day: date
    ) -> tuple[int, int] | None:
        """Return months left and months in all, for who started within a block."""
        rule = wording.rule
        if rule.interval.kind != CALENDAR_BLOCK or rule.basis != FIXED:
            return None
        entry = self.career.service_start(day)
        if entry is None or entry <= block[0]:
            return None
        months = rule.interval.months
        left = begun_months(entry, block[1])
        return (left, months) if left < months else None
