"""The columns of the file: one table that reads, writes, is shown and documented.

The heading of a column is the name of a field of :mod:`.values`. What an empty cell
means is the default of that field.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields

from ..engine import codes as c
from ..importer.cells import day
from . import cells
from .values import Agreement, Right, Text

#: ``any`` next to the contract types of the engine: everybody has the right.
ALL_CONTRACTS = "all"
CONTRACT_CHOICES = (ALL_CONTRACTS, *c.CONTRACT_TYPES)


@dataclass(frozen=True)
class Column:
    """One column: its heading, the part of the agreement it is of, how it is read.

    ``owner`` is the class of :mod:`.values` that has the field. ``choices`` are the
    codes that can be written, if there is a list of them.
    """

    key: str
    owner: type
    parse: Callable
    choices: tuple[str, ...] = ()

    @property
    def required(self):
        """Tell whether a line without this cell cannot be used."""
        return self.default is MISSING

    @property
    def default(self):
        """What an empty cell means."""
        return next(f.default for f in fields(self.owner) if f.name == self.key)


def _columns(owner, **readers):
    return [Column(key, owner, parse) for key, parse in readers.items()]


def _choice(key, choices):
    return Column(key, Right, cells.choice(choices), choices)


COLUMNS = (
    *_columns(
        Agreement,
        agreement=cells.line,
        country=cells.country,
        sector=cells.line,
        sector_nl=cells.line,
        sector_nl_be=cells.line,
        reference=cells.line,
        company_rules=cells.flag,
    ),
    *_columns(
        Text,
        version=cells.line,
        valid_from=day,
        valid_to=day,
        after_effect=cells.flag,
        source=cells.line,
        source_seen_on=day,
        note=cells.prose,
        note_nl=cells.prose,
        note_nl_be=cells.prose,
    ),
    *_columns(
        Right,
        code=cells.code,
        name=cells.line,
        name_nl=cells.line,
        name_nl_be=cells.line,
        description=cells.prose,
        description_nl=cells.prose,
        description_nl_be=cells.prose,
        article=cells.line,
    ),
    _choice("unit", c.UNITS),
    Column("quantity", Right, cells.amount),
    _choice("basis", c.BASES),
    Column("currency", Right, cells.currency),
    _choice("interval", c.INTERVAL_KINDS),
    *_columns(Right, interval_months=cells.whole, block_origin=day),
    _choice("accrual_timing", c.TIMINGS),
    *_columns(
        Right,
        cap=cells.optional_amount,
        saving_months=cells.whole,
        advance_periods=cells.whole,
        prorate_fte=cells.flag,
        full_time_hours=cells.optional_amount,
        prorate_part=cells.flag,
    ),
    _choice("contract_types", CONTRACT_CHOICES),
    *_columns(
        Right,
        min_term_months=cells.whole,
        min_hours=cells.optional_amount,
        hours_exclusive=cells.flag,
        min_service_months=cells.whole,
        max_service_months=cells.whole,
        min_age=cells.whole,
    ),
    Column("excluded", Right, cells.categories, c.CATEGORIES),
    *_columns(Right, improves_agreement=cells.line, improves_code=cells.code),
    _choice("coach_choice", c.COACH_CHOICES),
    _choice("consultation", c.CONSULTATIONS),
    _choice("payer", c.PAYERS),
    _choice("exit", c.EXITS),
    _choice("output", c.OUTPUTS),
    *_columns(Right, right_valid_from=day, right_valid_to=day),
)

BY_KEY = {column.key: column for column in COLUMNS}

#: Headings that may be in a file and are never taken over: a check is made here.
CHECK_COLUMNS = ("verified_by", "verified_on", "registered_on", "checked_terms")


def of(owner):
    """The columns of one class of :mod:`.values`.

    >>> [column.key for column in of(Agreement)][:2]
    ['agreement', 'country']
    """
    return [column for column in COLUMNS if column.owner is owner]


def _plain(heading):
    return "_".join(heading.replace("*", " ").replace("-", " ").lower().split())


def column_key(heading):
    """The key of the column with this heading, or None.

    >>> column_key("Interval months"), column_key("quantity *"), column_key("shoe")
    ('interval_months', 'quantity', None)
    """
    key = _plain(heading)
    return key if key in BY_KEY or key in CHECK_COLUMNS else None
