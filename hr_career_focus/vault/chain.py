"""The chain of the access log: a line cannot be changed, moved or taken out unseen.

How it works
    Every line has a place (1, 2, 3 ...), the digest of what it says, and a link:
    HMAC-SHA256 (RFC 2104) over the link before it, its place and its digest, under a
    key that is not in the database. Who changes, moves, removes or adds lines with SQL
    cannot make the links fit again.
    The *tip* is the same for the last line alone, so that lines cut off at the end are
    missed too. Whoever kept an older tip can put that back with an older table: only a
    link that was sent out of the house before (a *head*) shows it.

Forgetting
    A line whose content is destroyed by rule keeps place, digest and link, and gets a
    mark that only the holder of the key can make. Emptying a line with SQL gives none.
    The mark is over what stays of the line too, which the digest no longer vouches for.

What it does not show
    That a line was never written, and anything done by who holds the key file and
    rewrites the chain from a point after the last head that was sent out.

Example::

    key = ring.derive(CHAIN)
    digest = digest_of(content)
    link = link_of(key, link_before, place, digest)
    flaws = check(key, lines, tip, heads)
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from email import message_from_string, policy

from .sealing import place as joined

#: Purposes the keys are derived for.
CHAIN = "access-chain"
#: What the first line follows.
GENESIS = ""

CHANGED = "changed"
EMPTIED = "emptied"
MISSING = "missing"
FOREIGN = "foreign"
CUT = "cut"
HEAD = "head"
GONE = "gone"
#: What can be wrong with a log, and what that shows.
FLAWS = {
    CHANGED: "What a line says was changed.",
    EMPTIED: "A line was emptied, and not by the rule of retention.",
    MISSING: "Lines were taken out.",
    FOREIGN: "A line was added or moved from outside.",
    CUT: "The end of the log does not fit: lines were cut off or added there.",
    HEAD: "A head that was sent out earlier is not in this log.",
    GONE: "The whole log is gone.",
}


@dataclass(frozen=True)
class Line:
    """One line as it stands in the table.

    :param content: its parts as text, None for a line that was emptied
    :param mark: shows that it was emptied by rule
    :param rest: what stays of a line that was emptied
    """

    place: int
    link: str
    digest: str
    content: tuple | None
    mark: str = ""
    rest: tuple = ()


@dataclass(frozen=True)
class Flaw:
    """One thing that does not fit, and between which places.

    >>> str(Flaw(CHANGED, 7, 7))
    'Line 7. What a line says was changed.'
    >>> str(Flaw(MISSING, 7, 9))
    'Lines 7 to 9. Lines were taken out.'
    """

    code: str
    first: int = 0
    last: int = 0
    head: str = ""

    def __str__(self):
        where = f"Head {self.head[:16]}. " if self.head else ""
        if self.first:
            where = f"Line {self.first}. "
        if self.last > self.first:
            where = f"Lines {self.first} to {self.last}. "
        return where + FLAWS[self.code]


def digest_of(content) -> str:
    """Return the digest of a line's parts: SHA-256, unambiguous.

    >>> digest_of(("ab", "c")) == digest_of(("a", "bc"))
    False
    """
    return hashlib.sha256(joined(*content)).hexdigest()


def link_of(key: bytes, before: str, place: int, digest: str) -> str:
    """Return the link of the line at ``place`` that follows ``before``.

    >>> link_of(b"k", GENESIS, 1, "d") == link_of(b"k", GENESIS, 1, "d")
    True
    >>> link_of(b"k", GENESIS, 1, "d") == link_of(b"k", GENESIS, 2, "d")
    False
    """
    return _mac(key, "link", before, str(place), digest)


def tip_of(key: bytes, place: int, link: str) -> str:
    """Return what shows that ``link``, at ``place``, is the end of the log."""
    return _mac(key, "tip", str(place), link)


def mark_of(key: bytes, place: int, digest: str, rest: tuple) -> str:
    """Return what shows that the line at ``place`` was emptied by rule.

    :param rest: what stays of it

    >>> mark_of(b"k", 1, "d", ("2026",)) == mark_of(b"k", 1, "d", ("2027",))
    False
    """
    return _mac(key, "forgotten", str(place), digest, *rest)


def _mac(key, *parts):
    return hmac.new(key, joined(*parts), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two of these values, empty ones too."""
    return hmac.compare_digest(one or "", other or "")


def check(key: bytes, lines, tip: tuple | None, heads=()) -> list:
    """Return what does not fit, in the order of the log; nothing when it is whole.

    :param lines: :class:`Line`, ordered by place
    :param tip: (place, tip) as kept beside the lines; None when there is none
    :param heads: links that were sent out, in the order in which they were

    >>> digest = digest_of(("said",))
    >>> one = Line(1, link_of(b"k", GENESIS, 1, digest), digest, ("said",))
    >>> check(b"k", [one], (1, tip_of(b"k", 1, one.link)), [one.link])
    []
    >>> [str(flaw) for flaw in check(b"k", [], None)]
    ['The whole log is gone.']
    """
    flaws, wanted, found = [], set(heads), {}
    before, last = GENESIS, 0
    for line in lines:
        if line.place > last + 1:
            flaws.append(Flaw(MISSING, last + 1, line.place - 1))
        elif line.place <= last or not same(
            line.link, link_of(key, before, line.place, line.digest)
        ):
            flaws.append(Flaw(FOREIGN, line.place, line.place))
        flaws.extend(_flaws_inside(key, line))
        before, last = line.link, max(last, line.place)
        if line.link in wanted:
            found[line.link] = line.place
    if not last and tip is None:
        flaws.append(Flaw(GONE))
    elif tip is None or tip[0] != last or not same(tip[1], tip_of(key, last, before)):
        flaws.append(Flaw(CUT, last))
    flaws.extend(_flaws_of_heads(heads, found))
    return flaws


def _flaws_inside(key, line):
    if line.content is None:
        if not same(line.mark, mark_of(key, line.place, line.digest, line.rest)):
            yield Flaw(EMPTIED, line.place, line.place)
    elif line.mark or not same(line.digest, digest_of(line.content)):
        yield Flaw(CHANGED, line.place, line.place)


def _flaws_of_heads(heads, found):
    """Yield a flaw for each head that is not there, or not in its turn."""
    latest = 0
    for head in heads:
        if found.get(head, 0) < latest or head not in found:
            yield Flaw(HEAD, head=head)
        latest = max(latest, found.get(head, 0))


def heads_in(text: str) -> list:
    """Return the heads in a file: lines, mails pasted one below the other, an mbox.

    Saved mails are read as such, also when their bodies are not plain text.

    >>> heads_in("2027-03-01 " + "ab" * 32 + "\\nno head here\\n" + "cd" * 32)[1][:4]
    'cdcd'
    >>> from base64 import b64encode
    >>> mail = "Content-Transfer-Encoding: base64\\n\\n"
    >>> mail += b64encode(b"2027-03-01 " + b"ef" * 32).decode()
    >>> [head[:4] for head in heads_in(f"From a@b.test\\n{mail}\\nFrom a\\n{mail}")]
    ['efef', 'efef']
    """
    found = []
    for piece in re.split(r"(?m)^From .*$\n?", text):
        found += _heads_said(piece) or _heads_said(_body_of(piece))
    return found


def _heads_said(text):
    return re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text.lower())


def _body_of(piece):
    """Return what a saved mail says, out of base64 or quoted-printable."""
    mail = message_from_string(piece, policy=policy.default)
    part = mail.get_body(("plain", "html"))
    return part.get_content() if part else ""
