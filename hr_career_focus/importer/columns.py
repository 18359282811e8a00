"""The columns a file may have: what they are called and what they mean.

The same table reads the file, is shown on the import page, heads the template and is
printed in ``docs/importing.md``, so the four cannot differ.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import cells


@dataclass(frozen=True)
class Column:
    """One column: its key, its heading, other headings that are understood."""

    key: str
    heading: str
    parse: Callable
    aliases: tuple[str, ...] = ()
    required: bool = False


COLUMNS = (
    Column(
        "number",
        "Employee number",
        cells.employee_number,
        ("personeelsnummer", "medewerkernummer", "external id", "stamnummer"),
        required=True,
    ),
    Column("name", "Name", cells.text, ("naam", "volledige naam"), required=True),
    Column("email", "Work e-mail", cells.email, ("e-mail", "email", "werk e-mail")),
    Column("birth_date", "Birth date", cells.day, ("geboortedatum", "date of birth")),
    Column("gender", "Gender", cells.gender, ("geslacht", "sex")),
    Column("education", "Education", cells.education, ("opleidingsniveau", "diploma")),
    Column("department", "Department", cells.path, ("afdeling",)),
    Column(
        "manager",
        "Manager number",
        cells.employee_number,
        ("manager", "leidinggevende", "nummer leidinggevende"),
    ),
    Column("job", "Job title", cells.text, ("functie", "functienaam", "job")),
    Column("starts", "Contract start", cells.day, ("in dienst", "start", "startdatum")),
    Column("ends", "Contract end", cells.day, ("uit dienst", "eind", "einddatum")),
    Column(
        "contract_type", "Contract type", cells.text, ("contracttype", "soort contract")
    ),
    Column(
        "hours", "Hours a week", cells.hours, ("uren per week", "contracturen", "hours")
    ),
    Column("fte", "FTE", cells.part_time, ("deeltijdfactor", "deeltijdpercentage")),
    Column("agreement", "Agreement", cells.text, ("cao", "paritair comité")),
    Column("since", "Terms since", cells.day, ("ingangsdatum", "geldig vanaf")),
)

BY_KEY = {column.key: column for column in COLUMNS}


def _plain(heading):
    """A heading without capitals, stars and double spaces."""
    return " ".join(re.sub(r"[*:_]", " ", heading).split()).lower()


HEADINGS = {
    _plain(heading): column.key
    for column in COLUMNS
    for heading in (column.key, column.heading, *column.aliases)
}


def column_key(heading):
    """The key of the column with this heading, or None.

    >>> column_key("Personeelsnummer *"), column_key("Shoe size")
    ('number', None)
    """
    return HEADINGS.get(_plain(heading))


def headings():
    """The headings of the template, in order."""
    return [column.heading for column in COLUMNS]
