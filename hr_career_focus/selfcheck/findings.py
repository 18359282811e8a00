"""What a check says: findings, advice, a matrix, and one digest over all of it.

Pure Python. A finding carries codes and names, no sentences: the same database gives
the same digest in every language (:mod:`.wording` makes the sentences).
"""

import hashlib
import json
from dataclasses import dataclass, field

FINDING = "finding"
ADVICE = "advice"
FORMAT = 1


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is not as it should be.

    level: FINDING (the wall is weaker than agreed) or ADVICE (know this, decide)
    code: what is wrong; :mod:`.wording` has a sentence for each
    where: the record, file or setting, by its technical name
    detail: what the sentence needs more, as (name, value) pairs

    >>> one = finding("acl_extra", "hr.career.traject: spy", group="base.group_user")
    >>> one.level, one.detail
    ('finding', (('group', 'base.group_user'),))
    """

    level: str
    code: str
    where: str
    detail: tuple = ()

    def get(self, name, default=""):
        return dict(self.detail).get(name, default)


def finding(code, where, **detail):
    return Finding(FINDING, code, str(where), _pairs(detail))


def advice(code, where, **detail):
    return Finding(ADVICE, code, str(where), _pairs(detail))


def _pairs(detail):
    return tuple(sorted((name, str(value)) for name, value in detail.items()))


@dataclass(frozen=True, order=True)
class Cell:
    """What one role got of one asset in one way.

    expected: whether this role is meant to reach it this way
    reached: whether it did
    tried: how many calls were made
    calls: those that gave something away though it was not expected; of a control,
        those that got nothing though nothing stopped them
    """

    role: str
    asset: str
    way: str
    expected: bool
    reached: bool
    tried: int
    calls: tuple = ()

    @property
    def leaks(self):
        return self.reached and not self.expected

    @property
    def fails(self):
        """A way in that must exist is closed: then "closed" proves nothing."""
        return self.expected and not self.reached


@dataclass(frozen=True)
class Result:
    """What one run found. Only :attr:`seconds` is left out of the digest."""

    findings: tuple
    cells: tuple
    snapshot: dict = field(repr=False)
    signed: str = ""
    seconds: float = 0.0

    @property
    def open(self):
        """Findings proper, worst first by nothing but their name: each counts."""
        return tuple(one for one in self.findings if one.level == FINDING)

    @property
    def advice(self):
        return tuple(one for one in self.findings if one.level == ADVICE)

    @property
    def is_clean(self):
        return not self.open

    def canonical(self) -> bytes:
        """Return the text that is digested: the same for the same database."""
        return json.dumps(
            {
                "format": FORMAT,
                "findings": [
                    [one.level, one.code, one.where, one.detail]
                    for one in sorted(set(self.findings))
                ],
                "matrix": [
                    [one.role, one.asset, one.way, one.expected, one.reached]
                    for one in sorted(self.cells)
                ],
                "signed": self.signed,
                "snapshot": self.snapshot,
            },
            sort_keys=True,
            separators=(",", ":"),
        ).encode()

    @property
    def digest(self) -> str:
        """Return the SHA-256 over :meth:`canonical`.

        >>> one = Result((finding("a", "b"),), (), {})
        >>> two = Result((finding("a", "b"),), (), {}, seconds=12.0)
        >>> one.digest == two.digest != Result((), (), {}).digest
        True
        """
        return hashlib.sha256(self.canonical()).hexdigest()


def matrix_findings(cells):
    """Return the findings that follow from the matrix itself.

    >>> leak = Cell("manager", "case", "orm", False, True, 19, ("read",))
    >>> [one.code for one in matrix_findings([leak])]
    ['leak']
    >>> dead = Cell("coach", "case", "door", True, False, 1)
    >>> [one.code for one in matrix_findings([dead])]
    ['control']
    >>> blunt = Cell("control", "case", "remote", True, False, 19, ("copy",))
    >>> [one.code for one in matrix_findings([blunt])]
    ['blunt']
    """
    found = []
    for cell in cells:
        where = f"{cell.role} / {cell.asset} / {cell.way}"
        if cell.leaks:
            found.append(finding("leak", where, calls=", ".join(cell.calls)))
        elif cell.fails and cell.calls:
            found.append(finding("blunt", where, calls=", ".join(cell.calls)))
        elif cell.fails:
            found.append(finding("control", where))
    return found
