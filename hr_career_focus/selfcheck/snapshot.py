"""A picture of everything the wall rests on, and what differs between two of them.

Pure Python. A snapshot is ``{kind: {key: [mark, module]}}``: what kind of thing, its
technical name, a short hash of what matters of it, and the addon that ships it.
"""

import hashlib
import json
from dataclasses import dataclass

from .findings import Finding, advice, finding

ADDED, CHANGED, GONE = "added", "changed", "gone"
MODULE = "module"
#: Settings are judged by themselves: better is no difference to report.
SETTING = "setting"


@dataclass(frozen=True)
class Piece:
    """One thing that is in the picture.

    mark: hash of what matters of it
    module: the addon that ships it; empty for what somebody made here
    name: its external name in that addon
    by_system: whether only the installation itself ever wrote it
    minor: whether a difference is for information only
    """

    mark: str
    module: str = ""
    name: str = ""
    by_system: bool = False
    minor: bool = False


@dataclass(frozen=True)
class Change:
    kind: str
    key: str
    how: str
    module: str = ""
    minor: bool = False


class Walk:
    """What the walks put down as they go: pieces of the picture, and findings."""

    def __init__(self):
        self.pieces = {}
        self.found = []

    def piece(self, kind, key, value, **more):
        self.pieces.setdefault(kind, {})[str(key)] = Piece(mark_of(value), **more)

    def find(self, code, where, **detail):
        self.found.append(finding(code, where, **detail))

    def advise(self, code, where, **detail):
        self.found.append(advice(code, where, **detail))

    def picture(self):
        """Return the snapshot as it is stored and signed."""
        return {
            kind: {key: [one.mark, one.module] for key, one in pieces.items()}
            for kind, pieces in self.pieces.items()
        }


def mark_of(value) -> str:
    """Return a short hash of anything that JSON can hold.

    >>> mark_of({"a": 1, "b": 2}) == mark_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def changes(signed, pieces):
    """Return what differs between a signed picture and the pieces found now.

    >>> signed = {"rule": {"a": ["1", "m"], "b": ["2", "m"]}}
    >>> now = {"rule": {"a": Piece("1"), "c": Piece("3")}}
    >>> [(one.key, one.how) for one in changes(signed, now)]
    [('b', 'gone'), ('c', 'added')]
    """
    found = []
    for kind in sorted({*signed, *pieces}):
        before, now = signed.get(kind, {}), pieces.get(kind, {})
        for key in sorted({*before, *now}):
            piece = now.get(key)
            if piece is None:
                found.append(Change(kind, key, GONE, before[key][1]))
            elif key not in before:
                found.append(Change(kind, key, ADDED, piece.module, piece.minor))
            elif piece.mark != before[key][0]:
                found.append(Change(kind, key, CHANGED, piece.module, piece.minor))
    return found


def judge(signed, pieces, brought, already=()) -> list[Finding]:
    """Say of each difference whether an addon explains it.

    What an addon brought that was installed, updated or removed since the signature is
    told once for that addon, as advice. Anything else is a finding.

    :param brought: function(module, name) that tells whether the addon's files on disk
        ship a record of that name; forging the external name alone explains nothing
    :param already: ``where`` of what the walks reported themselves
    """
    found = []
    before, now = signed.get(MODULE, {}), pieces.get(MODULE, {})
    moved = {
        name
        for name in {*before, *now}
        if name not in before or name not in now or before[name][0] != now[name].mark
    }
    counts = dict.fromkeys(moved, 0)
    for change in changes(signed, pieces):
        if (
            change.kind in (MODULE, SETTING)
            or f"{change.kind}: {change.key}" in already
        ):
            continue
        piece = pieces.get(change.kind, {}).get(change.key)
        if change.module in moved and (
            piece is None
            or (
                piece.by_system
                and (not piece.name or brought(change.module, piece.name))
            )
        ):
            counts[change.module] += 1
            continue
        say = advice if change.minor else finding
        found.append(say(f"{change.how}_{change.kind}", f"{change.kind}: {change.key}"))
    for name in sorted(moved):
        how = ADDED if name not in before else GONE if name not in now else CHANGED
        found.append(advice(f"module_{how}", name, count=counts[name]))
    return found
