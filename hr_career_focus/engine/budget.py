"""The ledger of one budget line: moves that are only ever added, and their sum.

A line is granted an amount, measures take from it, and what they do not need comes
back. A measure is known by a pseudonym, drawn for it; who it is for is not here. Five
moves say everything that can happen:

=========  ====================================================================
RESERVE    somebody asked: the amount is set aside
COMMIT     the desk said yes: out of what was set aside, then out of what is left
SPEND      a bill was paid: out of what was promised, then out of what is left
RELEASE    what was set aside or promised comes back
CORRECT    the line grows or shrinks: the plan, the year end, a mistake. With a
           pseudonym: money spent on that measure comes back, or is spent after all
=========  ====================================================================

::

    >>> from datetime import date
    >>> may = date(2026, 5, 1)
    >>> ledger = Ledger().after(Move(CORRECT, Decimal(1000), may, why=PLANNED))
    >>> ledger = ledger.after(Move(RESERVE, Decimal(600), may, "K7Q2-9F"))
    >>> ledger.balance.left
    Decimal('400')
    >>> ledger = ledger.after(Move(COMMIT, Decimal(600), may, "K7Q2-9F"))
    >>> ledger = ledger.after(Move(SPEND, Decimal("450.50"), may, "K7Q2-9F"))
    >>> ledger = ledger.after(ledger.rest("K7Q2-9F", may, FINISHED))
    >>> ledger.balance
    Balance(granted=1000, reserved=0, committed=0.00, spent=450.50, left=549.50)

There is a hard stop, unless the line has no ceiling::

    >>> too_much = Move(RESERVE, Decimal(600), may, "XX")
    >>> ledger.after(too_much)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Refused: no_room
    >>> free = Ledger(capped=False).after(Move(RESERVE, Decimal(600), may, "XX"))
    >>> free.balance.left
    Decimal('-600')

Each move carries the digest of the one before, so that none can be taken out, changed
or put between others by whoever cannot also work out all that follow::

    >>> kept = ledger.to_json()
    >>> Ledger.from_json(kept) == ledger
    True
    >>> del kept["moves"][1]
    >>> Ledger.from_json(kept)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Broken: The moves do not follow from one another.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

from .decimals import CENT, ZERO

RESERVE = "reserve"
COMMIT = "commit"
SPEND = "spend"
RELEASE = "release"
CORRECT = "correct"
MOVES = (RESERVE, COMMIT, SPEND, RELEASE, CORRECT)

# Why the line grew or shrank, or why something came back.
PLANNED = "planned"
CARRIED = "carried"
LAPSED = "lapsed"
BY_HAND = "by_hand"
DECLINED = "declined"
TAKEN_BACK = "taken_back"
ENDED = "ended"
FINISHED = "finished"
VOIDED = "voided"
REASONS = (
    PLANNED,
    CARRIED,
    LAPSED,
    BY_HAND,
    DECLINED,
    TAKEN_BACK,
    ENDED,
    FINISHED,
    VOIDED,
)

#: No move is larger; what is typed beyond it is a mistake.
MOST = Decimal(10) ** 10

# Why a move is refused.
NO_ROOM = "no_room"
TOO_MUCH = "too_much"
NO_AMOUNT = "no_amount"
NO_BILL = "no_bill"


class Refused(ValueError):
    """A move the ledger does not take. ``code``: why; ``most``: how much would do."""

    def __init__(self, code: str, most: Decimal = ZERO):
        super().__init__(code)
        self.code = code
        self.most = most


class Broken(ValueError):
    """A ledger that was kept is not one that was ever made."""


@dataclass(frozen=True)
class Move:
    """One move. Only months are kept: a day tells who.

    :param amount: more than zero; of CORRECT the change of what is left, so not zero
    :param about: the pseudonym of the measure; empty for the line as a whole
    :param why: one of :data:`REASONS`, or empty
    :param note: a sentence of whoever corrects by hand
    :param once: the same again is the same move, not a second one
    :param whose: a mark drawn for the case, the same for all its measures, so that one
        person is counted once; it leads nowhere either
    :param link: digest over this move and the link of the one before
    """

    kind: str
    amount: Decimal
    month: date
    about: str = ""
    why: str = ""
    note: str = ""
    once: str = ""
    whose: str = ""
    link: str = ""

    def __post_init__(self):
        if self.kind not in MOVES:
            raise ValueError(f"There is no move {self.kind!r}.")
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise TypeError("An amount is an exact number.")
        if self.month.day != 1:
            raise ValueError("A month is given by its first day.")
        if self.kind != CORRECT and not self.about:
            raise ValueError("A measure is known by its pseudonym.")

    def to_json(self) -> dict:
        """Return what is kept of it."""
        kept = {
            "kind": self.kind,
            "amount": str(self.amount),
            "month": self.month.isoformat(),
            "link": self.link,
        }
        for name in ("about", "why", "note", "once", "whose"):
            if getattr(self, name):
                kept[name] = getattr(self, name)
        return kept

    def linked(self, before: str):
        """Return this move as the one that follows the link ``before``."""
        said = dict(self.to_json(), link=before)
        text = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return replace(self, link=hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True)
class Balance:
    """Where a line stands: ``left`` is always what was granted less the other three."""

    granted: Decimal = ZERO
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What nobody has asked for yet."""
        return self.granted - self.reserved - self.committed - self.spent

    def __repr__(self):
        return (
            f"Balance(granted={self.granted}, reserved={self.reserved}, "
            f"committed={self.committed}, spent={self.spent}, left={self.left})"
        )


@dataclass(frozen=True)
class Part:
    """What one measure has of the line.

    ``why`` is the reason of its last release; ``since`` the month money was first
    spent on it, None before; ``whose`` the mark of its case, "" when none was given.
    """

    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    why: str = ""
    since: date | None = None
    whose: str = ""

    @property
    def open(self) -> Decimal:
        """What is set aside or promised and not spent."""
        return self.reserved + self.committed


@dataclass(frozen=True)
class Ledger:
    """All moves of a line, the oldest first.

    :param capped: whether what is left may never fall below zero
    """

    moves: tuple[Move, ...] = ()
    capped: bool = True

    @cached_property
    def parts(self) -> dict[str, Part]:
        """``{pseudonym: Part}`` of all measures that ever took from the line."""
        found: dict[str, Part] = {}
        for move in self.moves:
            if move.about:
                found[move.about] = _moved(found.get(move.about, Part()), move)
        return found

    @cached_property
    def balance(self) -> Balance:
        """Where the line stands: the sum of its moves."""
        granted = sum(
            (m.amount for m in self.moves if m.kind == CORRECT and not m.about), ZERO
        )
        parts = self.parts.values()
        return Balance(
            granted,
            sum((one.reserved for one in parts), ZERO),
            sum((one.committed for one in parts), ZERO),
            sum((one.spent for one in parts), ZERO),
        )

    def part(self, about: str) -> Part:
        """Return what the measure ``about`` has of the line."""
        return self.parts.get(about, Part())

    def bills(self, about: str) -> tuple[Decimal, ...]:
        """Return the bills paid for ``about`` that were not taken back, in order."""
        standing = []
        for move in self.moves:
            if move.about != about:
                continue
            if move.kind == SPEND:
                standing.append(move.amount)
            elif move.kind == CORRECT and move.amount in standing:
                standing.remove(move.amount)
        return tuple(standing)

    def without_bill(self, about: str, amount: Decimal, month: date, once: str = ""):
        """Return the ledger after a bill of ``amount`` turned out to be a mistake.

        What it took of the promise is promised again, also when the rest was given
        back already; what it took beyond the promise is back in the line.

            >>> may = date(2026, 5, 1)
            >>> ledger = Ledger().after(Move(CORRECT, Decimal(1000), may, why=PLANNED))
            >>> ledger = ledger.after(Move(COMMIT, Decimal(100), may, "XX"))
            >>> ledger = ledger.after(Move(SPEND, Decimal(900), may, "XX"))
            >>> ledger.without_bill("XX", Decimal(900), may).balance
            Balance(granted=1000, reserved=0, committed=100, spent=0, left=900)

        :raise Refused: when no such bill stands (NO_BILL)
        """
        if once and any(one.once == once for one in self.moves):
            return self
        if amount not in self.bills(about):
            raise Refused(NO_BILL)
        move = Move(CORRECT, amount, month, about, BY_HAND, once=once)
        ledger = self.after(move)
        part = ledger.part(about)
        again = min(self._promised(about) - part.spent - part.committed, amount)
        if again <= 0:
            return ledger
        return ledger.after(Move(COMMIT, again, month, about, BY_HAND))

    def _promised(self, about: str) -> Decimal:
        """Return what was promised to ``about`` in all, less what was given back."""
        promised, part = ZERO, Part()
        for move in self.moves:
            if move.about != about:
                continue
            if move.kind == COMMIT and move.why != BY_HAND:
                promised += move.amount
            elif move.kind == RELEASE:
                promised -= max(ZERO, move.amount - part.reserved)
            part = _moved(part, move)
        return promised

    def rest(self, about: str, month: date, why: str, once: str = "") -> Move | None:
        """Return the move that gives back all ``about`` has open; None when nothing."""
        amount = self.part(about).open
        return Move(RELEASE, amount, month, about, why, once=once) if amount else None

    def after(self, move: Move | None):
        """Return the ledger with ``move`` added.

        The same ``once`` again changes nothing, and neither does None.

        :raise Refused: when the amount is nothing (NO_AMOUNT), more than is left of a
            line with a ceiling (NO_ROOM), or more than the measure has (TOO_MUCH)
        """
        if move is None:
            return self
        if move.once and any(one.once == move.once for one in self.moves):
            return self
        size = abs(move.amount) if move.kind == CORRECT else move.amount
        if not CENT <= size <= MOST or move.amount != move.amount.quantize(CENT):
            raise Refused(NO_AMOUNT)
        part = self.part(move.about)
        if move.kind == RELEASE and move.amount > part.open:
            raise Refused(TOO_MUCH, part.open)
        if move.kind == CORRECT and move.about and move.amount > part.spent:
            raise Refused(TOO_MUCH, part.spent)
        before = self.moves[-1].link if self.moves else ""
        later = replace(self, moves=(*self.moves, move.linked(before)))
        if self.capped and later.balance.left < 0:
            raise Refused(NO_ROOM, max(ZERO, self.balance.left + _own(part, move)))
        return later

    def has_room(self, amount: Decimal) -> bool:
        """Return whether a measure of ``amount`` could be asked for now."""
        return not self.capped or self.balance.left >= amount

    def helped(self, year: int) -> frozenset[str]:
        """Return the marks of the cases for which money was first spent in ``year``.

        A case counts once, in the first year, whatever number of measures it had: what
        one person adds to a figure is one. A measure without a mark is its own case.
        """
        first: dict[str, int] = {}
        for about, part in self.parts.items():
            if part.spent > 0 and part.since:
                whose = part.whose or about
                first[whose] = min(part.since.year, first.get(whose, part.since.year))
        return frozenset(whose for whose, known in first.items() if known == year)

    def to_json(self) -> dict:
        """Return what is kept of it, as JSON can hold it."""
        return {
            "capped": self.capped,
            "moves": [move.to_json() for move in self.moves],
        }

    @classmethod
    def from_json(cls, kept: dict):
        """Read what :meth:`to_json` gave.

        :raise Broken: when a move was changed, left out or put in
        """
        try:
            moves = tuple(
                Move(
                    **dict(
                        one,
                        amount=Decimal(one["amount"]),
                        month=date.fromisoformat(one["month"]),
                    )
                )
                for one in kept["moves"]
            )
            ledger = cls(moves, bool(kept["capped"]))
        except (KeyError, TypeError, ValueError, InvalidOperation):
            raise Broken("This is no ledger.") from None
        link = ""
        for move in moves:
            if move != move.linked(link):
                raise Broken("The moves do not follow from one another.")
            link = move.link
        return ledger


def _own(part: Part, move: Move) -> Decimal:
    """Return how much of ``move`` the measure has set aside already."""
    if move.kind == COMMIT:
        return part.reserved
    return part.committed if move.kind == SPEND else ZERO


def _moved(part: Part, move: Move) -> Part:
    """Return ``part`` after ``move``."""
    amount = move.amount
    if move.kind == RESERVE:
        whose = part.whose or move.whose
        return replace(part, reserved=part.reserved + amount, whose=whose)
    if move.kind == COMMIT:
        return replace(
            part,
            reserved=part.reserved - min(amount, part.reserved),
            committed=part.committed + amount,
        )
    if move.kind == SPEND:
        return replace(
            part,
            committed=part.committed - min(amount, part.committed),
            spent=part.spent + amount,
            since=part.since or move.month,
        )
    if move.kind == RELEASE:
        reserved = min(amount, part.reserved)
        return replace(
            part,
            reserved=part.reserved - reserved,
            committed=part.committed - (amount - reserved),
            why=move.why,
        )
    return replace(part, spent=part.spent - amount)
