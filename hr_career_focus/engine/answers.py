"""What comes out: an answer with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from .codes import AVAILABLE
from .decimals import ZERO


@dataclass(frozen=True)
class Reason:
    """One reason for an answer: a code, the clause it rests on and the facts used.

    ``data`` holds dates, numbers and names only, ready to be put in a sentence.
    """

    code: str
    clause: str = ""
    data: Mapping = field(default_factory=dict, hash=False)

    def __post_init__(self):
        object.__setattr__(self, "data", MappingProxyType(dict(self.data)))


@dataclass(frozen=True)
class Entitlement:
    """The answer for one person, one right and one day.

    * ``left``: what can still be used, zero unless the status is ``AVAILABLE``;
    * ``granted``: what the running (or next) interval, block or period grants in all;
    * ``since``: first day of the running interval, or the day the right opened;
    * ``until``: last day on which all that is left can be used, ``None`` for
      open-ended; ``lapsing`` is what lapses after it;
    * ``next_date``: for a refusal, the first day the right is open (again), as far as
      the facts and texts of now tell; for an answer ``AVAILABLE``, the day a fresh
      quantity comes; ``None`` when there is no such day;
    * ``reasons``: why, the deciding one first;
    * ``conditions``: what goes with the right: choice of coach, consultation, payer,
      leaving, what comes out.

    ``rule_key`` is empty when it is not known which rules apply; ``version`` is the
    version of the wording that was applied.
    """

    rule_key: str
    status: str
    left: Decimal = ZERO
    unit: str = ""
    currency: str | None = None
    granted: Decimal = ZERO
    since: date | None = None
    until: date | None = None
    lapsing: Decimal = ZERO
    next_date: date | None = None
    reasons: tuple[Reason, ...] = ()
    conditions: tuple[Reason, ...] = ()
    version: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether something can be used now."""
        return self.status == AVAILABLE

    def has_reason(self, code: str) -> bool:
        """Tell whether ``code`` is among the reasons."""
        return any(reason.code == code for reason in self.reasons)
