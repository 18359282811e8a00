"""What employee, privacy officer and works council read of the access log."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OddView:
    """What an employee called odd, as the employee reads it."""

    ref: str
    remark: str
    is_read: bool  # by a privacy officer: it cannot be taken back any more
    answers: tuple[tuple[datetime, str], ...]
    name: str  # who opened it, once that was released
    released_at: datetime | None


@dataclass(frozen=True)
class SignalLine:
    """One odd opening in the privacy officer's list."""

    ref: str
    number: str  # by which two people speak of it
    company: str
    at: datetime  # when it was called odd
    is_read: bool
    is_answered: bool


@dataclass(frozen=True)
class SignalView:
    """An odd opening as a privacy officer reads it: neither of the two is named."""

    ref: str
    number: str
    company: str
    at: datetime
    role: str
    purpose: str
    times: int
    sent_at: datetime
    remark: str
    answers: tuple[tuple[datetime, str], ...]
    release: str  # "", "asked", "granted", "refused" or "released"
    note: str  # why a second person refused
    name: str
    released_at: datetime | None


@dataclass(frozen=True)
class YearView:
    """Openings of a closed year, by role; None for too few to show."""

    company: str
    year: int
    numbers: tuple[tuple[str, int | None], ...]
