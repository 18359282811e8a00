"""Uptake in a form that employers can compare (format version 1.0).

What is supported
    One file about one employer and one year: the row of the company, the rows by age,
    education, contract and gender, and the quarters. Parts of the organisation are
    never in it. Reading a file of somebody else, and comparing two.

How to use
    >>> from datetime import date
    >>> from . import release
    >>> from .sample import sixty_people, thirteen_starts
    >>> year = release.compute(
    ...     sixty_people(), thirteen_starts(), company=1, period="year",
    ...     published_on=date(2027, 1, 15), secret=b"for the example only",
    ... )
    >>> mine = document(
    ...     year.content(), year.fingerprint(), employer="Sixty", country="NL"
    ... )
    >>> mine["year"], mine["state"], len(mine["rows"])
    (2026, 'full', 7)
    >>> mine["rows"][0] == {
    ...     "period": "year", "table": "company", "groups": [], "people": 60,
    ...     "about": 15, "from": 11, "to": 19, "or_more": False,
    ... }
    True
    >>> problems(mine)
    []
    >>> problems({**mine, "rows": [{**mine["rows"][0], "people": 7}]})
    ['rows[0]: a group has 20 people or more']

    Two employers are compared group by group, where both have the same group; one is
    above the other only when the ranges of the shares do not touch:

    >>> other = {**mine, "rows": [{**mine["rows"][0], "people": 600}]}
    >>> compare(mine, other)
    [('company', (), 'above')]

How it works
    A file is made from what a release publishes, row by row; nothing is added up. The
    fingerprint names the release it was made from, so that the employer can show later
    that a file was true.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from . import register, release, schedule, shares, structure
from .rounding import Figure

FORMAT = "career-focus-uptake"
VERSION = "1.0"

TABLES = tuple(table for table in structure.TABLES if table != structure.TREE)
CATEGORIES = {
    structure.COMPANY: (),
    structure.AGE: register.AGE_BANDS,
    structure.EDUCATION: register.EDUCATION_LEVELS,
    structure.CONTRACT: register.CONTRACTS,
    structure.GENDER: register.GENDERS,
}
#: Rules of a release that belong with its rows, and the name they have in the file.
RULES = {
    "smallest_group": "minimum",
    "rounded_to": "base",
    "parts_from": "breakdown",
    "quarters_from": "quarter_minimum",
}
SMALLEST_GROUP = 20
ROUNDED_TO = 5
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def document(
    content: Mapping,
    fingerprint: str,
    quarters: Sequence[Mapping] = (),
    *,
    employer: str = "",
    country: str = "",
) -> dict:
    """Return the file of a year, as plain values.

    :param content: the release of the year, as its fingerprint covers it.
    :param quarters: the releases of the quarters, in the same form.
    :param employer: the name under which the employer wants to be compared.
    """
    certificate = content.get("certificate")
    found = {
        "format": FORMAT,
        "version": VERSION,
        "year": content["year"],
        "published_on": content["published_on"],
        "state": content["state"],
        "rules": {name: content["parameters"][rule] for name, rule in RULES.items()},
        "proof": certificate
        and {
            "holds": certificate["holds"],
            "insiders": certificate["insiders"],
            "exact_total": certificate["exact_total"],
        },
        "fingerprint": fingerprint,
        "rows": [
            _row(one["period"], row)
            for one in (content, *quarters)
            for row in one["rows"]
            if row["table"] in TABLES
        ],
    }
    if employer:
        found["employer"] = employer
    if country:
        found["country"] = country
    return found


def _row(period: str, row: Mapping) -> dict:
    top = row["top"]
    groups = [] if row["table"] == structure.COMPANY else row["code"].split("+")
    return {
        "period": period,
        "table": row["table"],
        "groups": groups,
        "people": row["headcount"],
        "about": None if top else row["shown"],
        "from": row["low"],
        "to": None if top else row["high"],
        "or_more": top,
    }


def problems(found: Mapping) -> list[str]:
    """Return why a file cannot be one of this format; nothing when it can.

    Checks what a schema cannot say: that ranges fit their figures, and that a group
    does not appear twice.
    """
    if found.get("format") != FORMAT or not _is_known(found.get("version")):
        return [f"not a file of {FORMAT} {VERSION}"]
    if not _is_whole(found.get("year")) or not isinstance(found.get("rows"), list):
        return ["a year and rows are needed"]
    said = []
    if found.get("state") not in release.STATES:
        said.append("unknown state")
    if not _is_day(found.get("published_on")):
        said.append("published_on is no date")
    if not FINGERPRINT.fullmatch(str(found.get("fingerprint"))):
        said.append("fingerprint is not 64 hexadecimal digits")
    rules = found.get("rules")
    base = rules.get("rounded_to") if isinstance(rules, Mapping) else None
    if not _is_whole(base) or base < ROUNDED_TO:
        return [*said, f"figures are rounded to multiples of {ROUNDED_TO} or more"]
    seen = set()
    for number, row in enumerate(found["rows"]):
        fault = _fault(row, base, seen)
        if fault:
            said.append(f"rows[{number}]: {fault}")
    return said


def _fault(row: Mapping, base: int, seen: set) -> str:
    """Return what is wrong with a row, or an empty text."""
    if not isinstance(row, Mapping):
        return "not a row"
    numbers = [row.get(name) for name in ("people", "from")]
    if row.get("table") not in TABLES or row.get("period") not in schedule.PERIODS:
        return "unknown table or period"
    groups = row.get("groups")
    known = CATEGORIES[row["table"]]
    if not isinstance(groups, list) or not all(one in known for one in groups):
        return "unknown group"
    if bool(groups) != bool(known):
        return "a trait needs groups, the company has none"
    key = (row["period"], row["table"], *groups)
    if key in seen:
        return "the same group twice"
    seen.add(key)
    if not all(map(_is_whole, numbers)):
        return "people and from are whole numbers"
    if row["people"] < SMALLEST_GROUP:
        return f"a group has {SMALLEST_GROUP} people or more"
    return _figure_fault(row, base)


def _figure_fault(row: Mapping, base: int) -> str:
    """Return why figure and range do not belong together, or an empty text."""
    low, high, about = row["from"], row.get("to"), row.get("about")
    if row.get("or_more") is True:
        if about is not None or high is not None:
            return "“or more” has no figure and no upper end"
        fits = low % base == 1 and base < low <= row["people"] - base
        return "" if fits else "the range does not fit"
    if row.get("or_more") is not False or not _is_whole(about) or not _is_whole(high):
        return "about and to are whole numbers, or_more is true or false"
    if about % base:
        return f"a figure is a multiple of {base}"
    fits = (low, high) == (max(0, about - base + 1), about + base - 1)
    return "" if fits and high <= row["people"] else "the range does not fit"


def compare(one: Mapping, other: Mapping) -> list[tuple[str, tuple[str, ...], str]]:
    """Compare an employer with another, year rows of the same groups only.

    :return: table, groups, and ``above``, ``below`` or ``unclear`` for the first.
    """
    theirs = {
        (row["table"], *row["groups"]): row
        for row in other["rows"]
        if row["period"] == schedule.YEAR
    }
    found = []
    for row in one["rows"]:
        match = theirs.get((row["table"], *row["groups"]))
        if match and row["period"] == schedule.YEAR:
            verdict = shares.verdict(_figure(row), _figure(match))
            found.append((row["table"], tuple(row["groups"]), verdict))
    return found


def _figure(row: Mapping) -> tuple[Figure, int]:
    people = row["people"]
    high = people if row["or_more"] else row["to"]
    figure = Figure(row["about"] or 0, row["from"], high, row["or_more"])
    return figure, people


def _is_known(version) -> bool:
    """Tell whether a version is this one, or one that adds to it."""
    return isinstance(version, str) and version.startswith(VERSION.split(".")[0] + ".")


def _is_whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(value) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
