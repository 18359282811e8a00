"""One release: rows, proof, fingerprint, chain (R7, R9, R10, R11).

What is supported
    Counting a closed period of one company, shaping the rows, and freezing them under
    a SHA-256 fingerprint that also covers the release before it.

How to use
    >>> from datetime import date
    >>> from .sample import sixty_people, thirteen_starts
    >>> release = compute(
    ...     sixty_people(), thirteen_starts(), company=1, period="year",
    ...     published_on=date(2027, 1, 15), secret=b"for the example only",
    ... )
    >>> release.state
    'full'
    >>> for row in release.rows[:3]:
    ...     print(row.label, row.headcount, row.figure.low, row.figure.high)
    Company 60 11 19
    Office 25 1 9
    Production 35 1 9

    With fewer than ten in the company's figure there is no breakdown:

    >>> few = compute(
    ...     sixty_people(), {4: date(2026, 2, 1)}, company=1, period="year",
    ...     published_on=date(2027, 1, 15), secret=b"for the example only",
    ... )
    >>> few.state, len(few.rows)
    ('company', 1)

    Nothing of this could give away who took part, to anybody who knows two of them:

    >>> release.certificate["holds"], release.certificate["insiders"]
    (True, 2)

    Whoever holds the rows can check that they are the ones that were published:

    >>> release.fingerprint() == fingerprint(release.content())
    True

How it works
    `structure.offered` names the groups from headcounts. Each group is counted and gets
    its own draw, so totals need not add up. Rows about the very same people (a
    department with a single team, say) share one draw: two draws of one number would
    tell more about it than one.

    A unit below one that shows "0-4" shows "0-4" as well, whatever its own draw. That
    is always true, and says nothing new. Its draw could make it "1-9", and a few of
    those below one "0-4" add up: each has one participant, so whoever knows two of them
    is sure of everybody else there. For the same reason a unit whose range is pressed
    by the ranges of the units below it gets the next figure (`_give_room`).

    Whether rows below the company appear is decided by the company's *published*
    figure, so a breakdown that is left out tells nothing new.

    The rows are kept only when for each person there is a proof that the opposite could
    just as well be true, given everything published about the year (`certificate`), and
    when `checker` has counted all of it again. Otherwise the company's figure stands
    alone: no other draw, no part of the rows, no second try, because each of those
    would tell that the first try failed.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from . import evidence, rounding, structure
from .certificate import certify
from .checker import check
from .evidence import Published
from .parameters import AGREED, Parameters
from .register import Register
from .rounding import Figure
from .structure import Group

FULL = "full"
COMPANY_ONLY = "company"
NOTHING = "nothing"
PRIVACY = "privacy"
STATES = (FULL, COMPANY_ONLY, NOTHING, PRIVACY)

NO_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Row:
    """A published row: what it is about, how many people, which figure."""

    table: str
    code: str
    label: str
    unit: int
    parent: int
    depth: int
    headcount: int
    figure: Figure

    def content(self) -> dict:
        """Return the row as it enters the fingerprint."""
        values = asdict(self)
        return values | values.pop("figure")


@dataclass(frozen=True, slots=True)
class Release:
    """The frozen figures of one company and period.

    certificate
        Whether the proof held, and over how much; releases from before it have none.
    """

    company: int
    year: int
    period: str
    published_on: date
    state: str
    parameters: dict
    previous: str
    rows: tuple[Row, ...]
    certificate: dict | None = None

    def content(self) -> dict:
        """Return everything the fingerprint covers, in plain values."""
        content = {
            "company": self.company,
            "year": self.year,
            "period": self.period,
            "published_on": self.published_on.isoformat(),
            "state": self.state,
            "parameters": self.parameters,
            "previous": self.previous,
            "rows": [row.content() for row in self.rows],
        }
        if self.certificate is not None:
            content["certificate"] = self.certificate
        return content

    def fingerprint(self) -> str:
        """Return the SHA-256 of the content."""
        return fingerprint(self.content())


def canonical(content: Mapping) -> bytes:
    """Return the one way to write `content` as bytes.

    >>> canonical({"b": 1, "a": "é"})
    b'{"a":"\\xc3\\xa9","b":1}'
    """
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def fingerprint(content: Mapping) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def compute(
    register: Register,
    starts: Mapping[int, date],
    *,
    company: int,
    period: str,
    published_on: date,
    secret: bytes,
    parameters: Parameters = AGREED,
    previous: str = NO_PREVIOUS,
    earlier: Sequence[Published] = (),
) -> Release:
    """Return the release of a closed period.

    :param starts: per person the first day of the month in which the first traject of
        the year started.
    :param secret: the key of the draws; one per database.
    :param previous: fingerprint of the release before this one.
    :param earlier: the releases of the same year so far, as (register, period, rows,
        parameters).
    """
    groups = structure.offered(register, period, parameters)
    participants = register.participants(starts, period)
    prefix = f"{company}|{register.year}|{period}"
    rows = drawn(groups, participants, prefix, secret, parameters.base)
    state = FULL
    if not rows:
        state = NOTHING
    elif rows[0].figure.shown < parameters.breakdown or len(rows) == 1:
        rows, state = rows[:1], COMPANY_ONLY
    new = Published(register, period, rows, parameters)
    releases = [*(Published(*one) for one in earlier), new]
    certificate = prove(releases, starts, parameters, {period: groups})
    certificate["lists"] = of_lists((one.register for one in releases), secret)
    if not certificate["holds"] and rows:
        rows, state = rows[:1], PRIVACY
    return Release(
        company=company,
        year=register.year,
        period=period,
        published_on=published_on,
        state=state,
        parameters=parameters.as_dict(),
        previous=previous,
        rows=tuple(rows),
        certificate=certificate,
    )


def prove(
    published: Sequence[Published],
    starts: Mapping[int, date],
    parameters: Parameters = AGREED,
    known: Mapping[str, tuple[Group, ...]] | None = None,
) -> dict:
    """Return whether all releases of a year together keep everybody's secret.

    :param published: the releases of one year up to the one to prove.
    :param known: the groups of a period, where they are at hand.
    """
    facts = evidence.gather(published, starts, parameters.exact_total, known or {})
    about = (facts.people, facts.statuses, facts.claims)
    limits = {"insiders": parameters.insiders, "total": facts.total}
    proof = certify(*about, **limits, stop=True)
    return {
        "holds": proof.holds and not check(*about, proof, **limits),
        "insiders": parameters.insiders,
        "exact_total": facts.counts_total,
        "rows": sum(len(one.rows) for one in published),
    }


def of_lists(registers: Iterable[Register], secret: bytes) -> str:
    """Return the fingerprint of the lists of people of one or more releases.

    Whoever could ask for the proof again about other lists would learn something from
    each answer, so a release says which lists it was proven on. The fingerprint is
    keyed: of a list known but for one detail the detail could be guessed.
    """
    content = {"lists": [one.content() for one in registers]}
    return hmac.digest(secret, canonical(content), "sha256").hex()


def drawn(
    groups: tuple[Group, ...],
    participants: frozenset[int],
    prefix: str,
    secret: bytes,
    base: int,
) -> list[Row]:
    """Count each group and draw its figure; the same people share one draw.

    >>> from .register import Person, Unit
    >>> units = (Unit(1, 0, "East"), Unit(2, 1, "A"), Unit(3, 1, "B"), Unit(4, 0, "C"))
    >>> register = Register(2026, units, tuple(Person(k, 2 + k % 3) for k in range(90)))
    >>> groups = structure.offered(register, "year", AGREED)
    >>> def shown(secret):
    ...     rows = drawn(groups, frozenset((0, 1, 3, 4)), "", secret, 5)
    ...     return [row.figure.shown for row in rows if row.code in "123"]
    >>> sorted({tuple(shown(bytes([number]))) for number in range(99)})
    [(0, 0, 0), (5, 0, 0), (5, 0, 5), (5, 5, 0), (5, 5, 5)]
    """
    figures, few = {}, set()
    for group in groups:
        headcount = len(group.members)
        if group.members not in figures:
            ticket = rounding.draw(secret, f"{prefix}|{group.table}|{group.code}")
            count = len(group.members & participants)
            if group.table == structure.TREE and group.parent in few:
                count = ticket = 0
            figures[group.members] = rounding.figure(count, headcount, ticket, base)
        if group.unit and not figures[group.members].shown:
            few.add(group.unit)
    _give_room(groups, figures, base)
    return [
        Row(
            table=group.table,
            code=group.code,
            label=group.label,
            unit=group.unit,
            parent=group.parent,
            depth=group.depth,
            headcount=len(group.members),
            figure=figures[group.members],
        )
        for group in groups
    ]


def _give_room(
    groups: Sequence[Group], figures: dict[frozenset[int], Figure], base: int
) -> None:
    """Move the figure of a unit one step where the units below it press against it.

    Where the least that the units below can be together is close to the most their unit
    can be, the unit gets the next figure; and the one before it where the most they can
    be is close to the least. That is true, because the unit is all of them together.

    >>> a, b, c = (frozenset(range(n, n + 20)) for n in (0, 20, 40))
    >>> tree = [
    ...     Group(structure.COMPANY, "company", "", frozenset(range(90))),
    ...     Group(structure.TREE, "1", "", a | b | c, unit=1),
    ...     *(Group(structure.TREE, "", "", one, parent=1) for one in (a, b, c)),
    ... ]
    >>> ten, five = Figure(10, 6, 20, True), Figure(5, 1, 9, False)
    >>> figures = {a | b | c: five, a: ten, b: five, c: Figure(0, 0, 4, False)}
    >>> _give_room(tree, figures, 5)
    >>> figures[a | b | c]
    Figure(shown=10, low=6, high=14, top=False)
    """
    below = {}
    for group in groups:
        if group.table == structure.TREE:
            below.setdefault(group.parent, []).append(group.members)
    close = base - 3
    for group in reversed(groups):
        parts = below.get(group.unit, ()) if group.unit else ()
        if not parts or group.members == groups[0].members:
            continue
        figure = figures[group.members]
        least = sum(figures[part].low for part in parts)
        most = sum(figures[part].high for part in parts)
        if not figure.top and least >= figure.high - close:
            shown = figure.shown + base
        elif figure.shown and most <= figure.low + close:
            shown = figure.shown - base
        else:
            continue
        figures[group.members] = rounding.figure(shown, len(group.members), 0, base)
