"""What the budget's pages show: plain values, as in :mod:`.views`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class RoomView:
    """Whether there was room for a kind of help on the first of the month."""

    kind: str  # casework.budget_words
    label: str
    has_room: bool


@dataclass(frozen=True)
class MeasureView:
    """What somebody asked from a budget, and how far it is."""

    ref: str
    kind: str
    label: str
    about: str  # the pseudonym: all that papers may say of it
    at: datetime
    text: str
    wanted: str  # an amount in words
    status: str  # casework.measures: WAITING, PROMISED ...
    committed: str
    spent: str
    reason: str  # what the desk wrote
    left: str = ""  # desk: what else is left on the line
    wanted_plain: str = ""  # desk: for a field
    can_be_voucher: bool = False
    has_voucher: bool = False
    bills: tuple[tuple[str, str], ...] = ()  # desk: for a field, and in words


@dataclass(frozen=True)
class OpenPart:
    """A measure as the budget knows it: a pseudonym and amounts."""

    about: str
    entry: str  # the line and the pseudonym, as a form sends them
    reserved: str
    committed: str
    spent: str
    is_promised: bool
    has_voucher: bool


@dataclass(frozen=True)
class MoveView:
    """One correction of a line, for the desk."""

    month: date
    amount: str
    why: str
    note: str


@dataclass(frozen=True)
class LineView:
    """A line of a budget as the desk sees it, live."""

    line_id: int
    label: str
    is_capped: bool
    planned: str
    granted: str
    reserved: str
    committed: str
    spent: str
    left: str
    taken: Decimal  # what is taken of what was granted, in percent
    is_alert: bool
    parts: tuple[OpenPart, ...] = ()
    corrections: tuple[MoveView, ...] = ()


@dataclass(frozen=True)
class BudgetView:
    """A budget as the desk sees it, live."""

    name: str
    company: str
    division: str
    date_from: date
    date_to: date
    is_closed: bool
    carries: bool
    lines: tuple[LineView, ...]
