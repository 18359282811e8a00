"""What passes between the reader and whoever uses it: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

#: The row stays out.
ERROR = "error"
#: The row is imported; somebody should know.
WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it is, and what is wrong.

    ``code`` names the text that tells the reader what to do, ``data`` fills it in.
    ``row`` is the line of the file as a spreadsheet counts it (the header is row 1);
    it is None for a problem of the file as a whole. ``column`` is a column key.

    >>> Problem("unknown_manager", row=4, column="manager_number", value="77").level
    'error'
    """

    code: str
    row: int | None = None
    column: str | None = None
    value: str = ""
    level: str = ERROR
    data: Mapping = field(default_factory=dict, hash=False)


def problem(code, row=None, column=None, value="", level=ERROR, **data):
    """Make a :class:`Problem` whose text is filled in with ``data``."""
    return Problem(code, row, column, value, level, data)


@dataclass(frozen=True)
class Terms:
    """What holds for one person from one date on. None: the file says nothing.

    ``hours`` are hours a week, ``fte`` a part of full time; at most one is given.
    ``department`` is a path from the top. ``ends`` with ``starts`` None means nothing;
    ``starts`` with ``ends`` None is a contract without an end.
    """

    row: int
    since: date | None = None
    department: tuple[str, ...] | None = None
    job: str | None = None
    gender: str | None = None
    contract_type: str | None = None
    starts: date | None = None
    ends: date | None = None
    hours: Decimal | None = None
    fte: Decimal | None = None
    agreement: str | None = None


@dataclass(frozen=True)
class Person:
    """One employee of the file: who it is, and the dated terms, oldest first."""

    number: str
    name: str
    email: str | None = None
    birth_date: date | None = None
    education: str | None = None
    manager: str | None = None
    terms: tuple[Terms, ...] = ()

    @property
    def rows(self):
        """The rows of the file this person was read from."""
        return tuple(sorted(term.row for term in self.terms))


@dataclass(frozen=True)
class Sheet:
    """All that was read: people without errors, and every problem found.

    ``columns`` are the keys found in the header, ``ignored`` the headings nobody
    knows. ``row_numbers`` maps each row of the file to the employee number on it, so
    that a report can show rows that did not become a person.
    """

    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    row_numbers: Mapping = field(default_factory=dict, hash=False)

    @property
    def file_errors(self):
        """Errors of the file as a whole: nothing in it can be used."""
        return tuple(p for p in self.problems if p.row is None and p.level == ERROR)

    @property
    def error_rows(self):
        """Rows that cannot be imported."""
        return frozenset(
            p.row for p in self.problems if p.level == ERROR and p.row is not None
        )
