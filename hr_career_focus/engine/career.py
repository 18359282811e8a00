"""The contract history of a person, ready to be asked about many days.

:class:`Career` answers what :class:`~.facts.Facts` answers, without going through
the whole history each time.
"""

from bisect import bisect_right
from datetime import date

from .dates import add_months, next_day
from .values import Facts, Spell


class Career:
    """Terms, employment and birthdays of one person on any day."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self.employer = facts.employer
        self.birthday = facts.birthday
        self.spells = facts.spells
        self.occupations = facts.occupations()
        self._begins = [spell.valid_from for spell in facts.spells]

    def terms_on(self, day: date) -> Spell | None:
        """Return the terms in force on a day; before the first ones, the first."""
        if not self.spells:
            return None
        return self.spells[max(bisect_right(self._begins, day) - 1, 0)]

    def employed(self, day: date) -> tuple[date, date] | None:
        """Return first and last day of the unbroken employment on a day."""
        for start, end in self.occupations:
            if start <= day <= end:
                return start, end
        return None

    def service_start(self, day: date) -> date | None:
        """Return the first day of the unbroken employment on a day."""
        found = self.employed(day)
        return found[0] if found else None

    def next_start(self, day: date) -> date | None:
        """Return the first day of the next employment after a day, if known."""
        return next((start for start, _end in self.occupations if start > day), None)

    def last_end(self, day: date) -> date | None:
        """Return the last day of the latest employment over before a day."""
        return max((end for _s, end in self.occupations if end < day), default=None)

    def age_on(self, years: int) -> date | None:
        """Return the birthday on which somebody reaches an age.

        Who was born on 29 February has a birthday on 28 February in other years::

            >>> Career(Facts(birthday=date(2004, 2, 29))).age_on(21)
            datetime.date(2025, 2, 28)
        """
        return add_months(self.birthday, 12 * years) if self.birthday else None

    def change_days(self) -> set[date]:
        """Return the days on which contract terms or employment change."""
        days = {spell.valid_from for spell in self.spells}
        for start, end in self.occupations:
            days.add(start)
            if end != date.max:
                days.add(next_day(end))
        return days
