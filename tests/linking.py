"""An attacker who has copies of tables and looks for rows that belong together.

Nothing of the product is used here. The attacker knows, for each row on one side (an
employee, with everything the tables hold about that person and the case), all columns
in plain, the place of the rows in the table and the transactions that wrote them, and
tries every column of one side against every column of the other:

* by *order*: the first of the one goes with the first of the other, and so on;
* by *equality*: rows with the same value go together.

How good a column is, is counted against the truth. Guessing at random gets one right on
average, however many there are; a correlation of two orders is near zero.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from odoo.tools import SQL

#: Right ones by chance: one on average. More than this happens once in a million.
HITS = 12
#: A correlation of ranks beyond this many standard deviations of chance.
DEVIATIONS = 5


@dataclass(frozen=True)
class Link:
    """A column of each side that go together better than chance."""

    how: str
    ours: str
    theirs: str
    hits: float
    correlation: float = 0.0

    def __str__(self):
        return (
            f"{self.ours} ~ {self.theirs} by {self.how}: "
            f"{self.hits:.1f} right, correlation {self.correlation:.2f}"
        )


def copy_of(cr, table, known_as="id"):
    """Return ``{key: {column: value}}`` of a table, as whoever copies it gets it.

    Besides the columns: the place of the row in the file, its transaction, and how long
    each text is.

    :param known_as: the column that says which row it is
    """
    cr.execute(
        SQL(
            'SELECT t.ctid::text AS "place of the row", t.xmin::text::bigint AS '
            '"transaction", t.* FROM %s t',
            SQL.identifier(table),
        )
    )
    rows = {}
    for number, row in enumerate(cr.dictfetchall()):
        # Without an order given, rows come as they lie in the file.
        row["order of the copy"] = number
        page, slot = row["place of the row"].strip("()").split(",")
        row["place of the row"] = int(page) * 10**6 + int(slot)
        for name, value in list(row.items()):
            if isinstance(value, str):
                row[f"length of {name}"] = len(value)
        rows[row[known_as]] = row
    return rows


def links(ours, theirs):
    """Return how rows of two sides can be put together, best first.

    :param ours: a row (``{column: value}``) for each of n secrets
    :param theirs: the rows that truly belong to them, in the same order
    """
    shuffled = list(range(len(ours)))
    # The truth stands in the order of the lists: no attack may lean on that.
    random.Random(5).shuffle(shuffled)
    ours = [ours[at] for at in shuffled]
    theirs = [theirs[at] for at in shuffled]
    left, right = _columns(ours), _columns(theirs)
    found = []
    for mine, values in left.items():
        for their, others in right.items():
            found += _by_order(mine, values, their, others)
            found += _by_equality(mine, values, their, others)
    return sorted(found, key=lambda link: -max(link.hits, abs(link.correlation)))


def _columns(rows):
    """Return ``{column: values}`` of the columns that tell rows apart at all."""
    names = set().union(*rows)
    columns = {name: [row.get(name) for row in rows] for name in names}
    return {
        name: values
        for name, values in columns.items()
        if len({repr(value) for value in values}) > 1
    }


def _number(value):
    """Return a value as something that can be put in order, None otherwise."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        return float(value)
    return value if isinstance(value, str) else None


def _ranks(values):
    """Return the rank of each value; equal ones share the middle of theirs."""
    numbers = [_number(value) for value in values]
    kinds = {type(one) for one in numbers}
    if len(kinds) != 1 or kinds == {type(None)}:
        return None
    order = sorted(range(len(numbers)), key=lambda at: numbers[at])
    ranks = [0.0] * len(numbers)
    start = 0
    for stop in range(1, len(order) + 1):
        if stop == len(order) or numbers[order[stop]] != numbers[order[start]]:
            for at in order[start:stop]:
                ranks[at] = (start + stop - 1) / 2
            start = stop
    return ranks


def _by_order(mine, values, their, others):
    one, two = _ranks(values), _ranks(others)
    if one is None or two is None:
        return []
    size = len(one)
    middle = (size - 1) / 2
    above = sum((a - middle) * (b - middle) for a, b in zip(one, two, strict=True))
    spread = (
        sum((a - middle) ** 2 for a in one) * sum((b - middle) ** 2 for b in two)
    ) ** 0.5
    correlation = above / spread
    # The guess: whoever is k-th here belongs to the k-th there.
    hits = max(
        sum(a == b for a, b in zip(one, two, strict=True)),
        sum(a == size - 1 - b for a, b in zip(one, two, strict=True)),
    )
    # Ties make no hits but keep their correlation.
    if len(set(one)) < size or len(set(two)) < size:
        hits = 0
    if hits > HITS or abs(correlation) > DEVIATIONS / (size - 1) ** 0.5:
        return [Link("order", mine, their, hits, correlation)]
    return []


def _by_equality(mine, values, their, others):
    """Guess among the rows with the same value; count what is right on average."""
    keys, targets = _keys(values), _keys(others)
    there = Counter(targets)
    hits = sum(
        1 / there[key]
        for key, target in zip(keys, targets, strict=True)
        if key and key == target
    )
    # By chance: a row that finds any picks one of them.
    chance = sum(1 for key in keys if key and key in there) / len(keys)
    if hits > chance + HITS:
        return [Link("equality", mine, their, hits)]
    return []


def _keys(values):
    """Return each value as text, so that 12, 12.00 and "12" are one."""
    keys = []
    for value in values:
        if value is None or isinstance(value, bool):
            keys.append("")
        elif isinstance(value, int | float | Decimal):
            keys.append(f"{Decimal(str(value)).normalize():f}")
        elif isinstance(value, datetime):
            keys.append(value.date().isoformat())
        else:
            keys.append(str(value))
    return keys


def within(groups, ours, theirs):
    """Return the links between single rows and the group each is in.

    Which group somebody is in follows from many things that are known, such as when
    it was. So the rows of one moment are looked at together: does any column of a row
    go with a column of its group?

    :param groups: a moment for each row
    """
    moments = defaultdict(list)
    for at, moment in enumerate(groups):
        moments[moment].append(at)
    found = []
    for moment, places in moments.items():
        if len({id(theirs[at]) for at in places}) < 2:
            continue
        left = _columns([ours[at] for at in places])
        right = _columns([theirs[at] for at in places])
        for mine, values in left.items():
            for their, others in right.items():
                found += [
                    Link(
                        f"{one.how} in {moment}",
                        one.ours,
                        one.theirs,
                        one.hits,
                        one.correlation,
                    )
                    for one in _by_order(mine, values, their, others)
                ]
    return found
