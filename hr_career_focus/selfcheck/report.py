"""A run as people read it: on the page, and on paper."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from .cast import EVERYTHING, ROLES
from .findings import Cell, Finding
from .wording import say
from .wording_matrix import asset_name, role_name, way_name

CLOSED, OPEN, LEAK, FAILED = "closed", "open", "leak", "failed"
PAGES = "pages"
#: The columns of the short matrix: what pages show, and the other ways.
ASSETS = ("person", "shared", "own")
WAYS = ("remote", "change", "superuser", "code", "tables")


@dataclass(frozen=True)
class Spot:
    """One cell as it is shown: how it stands, and how many tries that rests on."""

    state: str = ""
    tried: int = 0


@dataclass(frozen=True)
class Line:
    """One role of the short matrix: a spot for each column."""

    role: str
    spots: tuple


@dataclass(frozen=True)
class Detail:
    """One role in full: (asset, way, Spot) of everything that was tried."""

    role: str
    rows: tuple


@dataclass(frozen=True)
class Past:
    """One line of the history."""

    moment: datetime
    author: str
    digest: str
    findings: int
    advice: int
    seconds: int
    note: str = ""


@dataclass(frozen=True)
class Report:
    past: Past
    findings: tuple
    advice: tuple
    columns: tuple
    lines: tuple
    details: tuple
    tried: int
    picture: str = field(default="", repr=False)


def author_name(env, author):
    """Return who made a line: a person's name, or what did it without one."""
    if author == "installation":
        return env._("Installation")
    if author == "command":
        return env._("Command on the server")
    return author


def past_of(env, line):
    """Return one line of either book."""
    return Past(
        moment=line.moment,
        author=author_name(env, line.author),
        digest=line.digest if "digest" in line._fields else line.text_digest,
        findings=line.findings if "findings" in line._fields else 0,
        advice=line.advice if "advice" in line._fields else 0,
        seconds=line.seconds if "seconds" in line._fields else 0,
        note=line.note or "" if "note" in line._fields else "",
    )


def report_of(env, line) -> Report | None:
    """Return the report of a run that still has its full text."""
    if not line or not line.text:
        return None
    stored = json.loads(line.text)
    findings = [
        Finding(level, code, where, tuple(map(tuple, detail)))
        for level, code, where, detail in stored["findings"]
    ]
    cells = [Cell(*values[:6], tuple(values[6])) for values in stored["cells"]]
    said = [say(env, one) for one in findings]
    return Report(
        past=past_of(env, line),
        findings=tuple(one for one in said if one.is_finding),
        advice=tuple(one for one in said if not one.is_finding),
        columns=_columns(env),
        lines=tuple(_lines(env, cells)),
        details=tuple(_details(env, cells)),
        tried=sum(cell.tried for cell in cells),
        picture=stored["picture"],
    )


def _columns(env):
    return (
        *(asset_name(env, code) for code in ASSETS),
        *(way_name(env, code) for code in WAYS),
    )


def _spot(cells):
    """Return the worst of some cells; nothing when there are none."""
    if not cells:
        return Spot()
    tried = sum(cell.tried for cell in cells)
    if any(cell.leaks for cell in cells):
        return Spot(LEAK, tried)
    if any(cell.fails for cell in cells):
        return Spot(FAILED, tried)
    return Spot(OPEN if any(cell.reached for cell in cells) else CLOSED, tried)


def _by_role(cells):
    """Return the cells of each role, those of the case first, then the outsiders."""
    order = [*ROLES, EVERYTHING]
    found = {}
    for cell in cells:
        found.setdefault(cell.role, []).append(cell)
    return dict(
        sorted(
            found.items(),
            key=lambda one: order.index(one[0]) if one[0] in order else len(order),
        )
    )


def _lines(env, cells):
    for role, own in _by_role(cells).items():
        pages = [
            _spot([one for one in own if one.asset == asset and one.way == PAGES])
            for asset in ASSETS
        ]
        ways = [_spot([one for one in own if one.way == way]) for way in WAYS]
        yield Line(role_name(env, role), (*pages, *ways))


def _details(env, cells):
    for role, own in _by_role(cells).items():
        yield Detail(
            role_name(env, role),
            tuple(
                (asset_name(env, one.asset), way_name(env, one.way), _spot([one]))
                for one in sorted(own)
            ),
        )


def state_name(env, state):
    """Return how a spot stands, in a word or two."""
    return {
        CLOSED: env._("closed"),
        OPEN: env._("allowed"),
        LEAK: env._("LEAK"),
        FAILED: env._("failed"),
    }.get(state, "–")
