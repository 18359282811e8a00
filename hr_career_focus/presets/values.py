"""An agreement as a file has it: plain frozen values.

They hold what a text says and no more: no check, no check mark, no company and nobody's
name. ``None`` and an empty text mean: not set, or not in the text that was seen. The
fields are the columns of the file, by the same names (see :mod:`.columns`).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..engine import codes as c
from ..importer.values import ERROR


@dataclass(frozen=True)
class Right:
    """One right as one version words it; ``row`` is its line in the file, if any."""

    code: str
    name: str
    unit: str
    quantity: Decimal
    name_nl: str = ""
    name_nl_be: str = ""
    description: str = ""
    description_nl: str = ""
    description_nl_be: str = ""
    article: str = ""
    basis: str = c.FIXED
    currency: str = ""
    interval: str = ""
    interval_months: int | None = None
    block_origin: date | None = None
    accrual_timing: str = c.AT_START
    cap: Decimal | None = None
    saving_months: int | None = None
    advance_periods: int | None = None
    prorate_fte: bool = False
    full_time_hours: Decimal | None = None
    prorate_part: bool = False
    contract_types: str = "all"
    min_term_months: int | None = None
    min_hours: Decimal | None = None
    hours_exclusive: bool = False
    min_service_months: int | None = None
    max_service_months: int | None = None
    min_age: int | None = None
    excluded: tuple[str, ...] = ()
    improves_agreement: str = ""
    improves_code: str = ""
    coach_choice: str = c.BY_EMPLOYEE
    consultation: str = c.NO_CONSULTATION
    payer: str = c.PAID_BY_EMPLOYER
    exit: str = c.UNTIL_LAST_DAY
    output: str = c.NO_OUTPUT_RULE
    right_valid_from: date | None = None
    right_valid_to: date | None = None
    row: int | None = field(default=None, compare=False)

    @property
    def missing(self):
        """Columns that must be filled in before somebody can check this right.

        >>> Right("scan", "Career scan", "scans", Decimal(1)).missing
        ('interval',)
        """
        if not self.interval:
            return ("interval",)
        needed = []
        if self.interval != c.ONCE and not self.interval_months:
            needed.append("interval_months")
        if self.interval == c.CALENDAR_BLOCK and not self.block_origin:
            needed.append("block_origin")
        return tuple(needed)


@dataclass(frozen=True)
class Text:
    """One version of an agreement, with the rights it gives."""

    version: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    after_effect: bool = True
    source: str = ""
    source_seen_on: date | None = None
    note: str = ""
    note_nl: str = ""
    note_nl_be: str = ""
    rights: tuple[Right, ...] = ()
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Agreement:
    """A collective agreement, or the rules of a company, with its versions."""

    agreement: str
    country: str = ""
    sector: str = ""
    sector_nl: str = ""
    sector_nl_be: str = ""
    reference: str = ""
    company_rules: bool = False
    versions: tuple[Text, ...] = ()
    row: int | None = field(default=None, compare=False)

    @property
    def rights(self):
        """The rights of all versions."""
        return tuple(right for text in self.versions for right in text.rights)


@dataclass(frozen=True)
class Sheet:
    """All that was read, and every problem found. With an error there is nothing."""

    agreements: tuple[Agreement, ...] = ()
    problems: tuple = ()

    @property
    def errors(self):
        """What keeps the whole file out."""
        return tuple(found for found in self.problems if found.level == ERROR)
