"""The access log: who opened a dossier, as what, when and what for.

Lines are chained (:mod:`..vault.chain`) and written on a connection of their own, in a
transaction that ends before the page is made: a request that fails has left its line,
and nobody waits for somebody else's page. Which case a line is about is a keyed hash;
the rest is sealed, under the traject's key and, for the counts, under the log's own.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from odoo.tools import SQL

from ..vault import chain, rehearsal, sealing
from ..vault.blind_index import index_of
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring
from .log_connection import own_connection

#: Purposes the keys and hashes are derived for.
LABEL = "access-label"
CASE_INDEX = "access-case"
ONCE = "access-once"
CASE_OF_YEAR = "access-case-of-year"
#: Stands for the case in a line that is about none; as long as the others.
NO_CASE = "0" * 64
#: The role of the line that the log writes every day, whether or not anything happened.
ANCHOR = "anchor"
#: How many lines are read at a time when all of them are.
BATCH = 5_000
#: What a database session says while lines are emptied by rule.
FORGETTING = "hr_career_focus.forgetting"


@dataclass(frozen=True)
class Opening:
    """One opened line of a dossier's log."""

    ref: str
    at: datetime
    role: str
    purpose: str
    user_id: int


@dataclass(frozen=True)
class Draft:
    """A line before it has a place."""

    role: str
    company_id: int
    month: str
    case_index: str
    case_of_year: str  # hash that tells the cases of one year apart, for the counts
    once: str  # hash of what is recorded once only, "" for the others
    sealed: callable  # ref of the line -> sealed text


class AccessLog:
    """What a dossier does with its log. Uses its ``env``, ``traject`` and ``_key``."""

    def log(self, role, user, purpose, at):
        """Record that ``user`` opened the dossier as ``role``."""
        write(self.env, [self.opening(role, user, purpose, at)])

    def log_once(self, role, user, purpose, at):
        """Record an opening, unless this user's as this role is recorded that day."""
        log_all_once([self], role, user, purpose, at)

    def opening(self, role, user, purpose, at, once=""):
        """Return the draft of a line about this dossier."""
        content = {
            "user": user.id,
            "role": role,
            "purpose": purpose,
            "at": at.isoformat(),
        }

        def sealed(ref):
            where = sealing.place("access", self.traject.ref, ref)
            return sealing.seal(self._key, sealing.dump(content), where)

        return Draft(
            role=role,
            company_id=self.traject.company_id.id,
            month=at.date().replace(day=1).isoformat(),
            case_index=self.case_index,
            case_of_year=case_of_year(self.traject.ref, at),
            once=once,
            sealed=sealed,
        )

    @property
    def case_index(self):
        """Return under which hash the lines of this dossier are found."""
        return case_index(self.traject.ref)

    def openings(self):
        """Return the log, latest first: (at, role, purpose code)."""
        return [(one.at, one.role, one.purpose) for one in self.lines()]

    def lines(self):
        """Return the log as :class:`Opening`, latest first.

        Lines that do not open, because somebody changed them, are left out:
        :func:`verify` finds them.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT ref, sealed FROM hr_career_access WHERE case_index = %s",
                self.case_index,
            )
        )
        opened = [self._open_line(ref, sealed) for ref, sealed in rows]
        found = [one for one in opened if one]
        return sorted(found, key=lambda one: (one.at, one.role), reverse=True)

    def _open_line(self, ref, sealed):
        where = sealing.place("access", self.traject.ref, ref)
        try:
            content = json.loads(sealing.open_sealed(self._key, sealed, where))
        except Unsealable:
            return None
        return Opening(
            ref=ref,
            at=datetime.fromisoformat(content["at"]),
            role=content["role"],
            purpose=content["purpose"],
            user_id=content["user"],
        )


def log_all_once(dossiers, role, user, purpose, at):
    """Record an opening of each dossier that has none of this user that day yet.

    As this role and for this purpose. In as many queries for one dossier as for many.
    """
    drafts = {}
    for dossier in dossiers:
        day = at.date().isoformat()
        said = f"{dossier.traject.ref}|{role}|{user.id}|{purpose}|{day}"
        once = index_of(load_keyring(), ONCE, said)
        drafts[once] = dossier.opening(role, user, purpose, at, once)
    if drafts and (known := _known_once(dossiers[0].env, drafts)) != set(drafts):
        new = [draft for once, draft in drafts.items() if once not in known]
        write(dossiers[0].env, new)


def _known_once(source, onces):
    """Return those of ``onces`` that are recorded, as ``source`` sees them."""
    cr = getattr(source, "cr", source)
    cr.execute(
        SQL("SELECT once FROM hr_career_access WHERE once = ANY(%s)", list(onces))
    )
    return {once for (once,) in cr.fetchall()}


def case_index(ref):
    """Return under which hash the lines of the case ``ref`` are found."""
    return index_of(load_keyring(), CASE_INDEX, ref)


def case_of_year(ref, at):
    """Return the hash of a case for the counts of the year of ``at``.

    It outlives the case, sealed in the label, and goes with no hash of another year.
    """
    return index_of(load_keyring(), CASE_OF_YEAR, f"{at.year}|{ref}")


# -- writing -----------------------------------------------------------------------


def write(env, drafts, is_first=False):
    """Write lines at the end of the log, whole or not at all.

    :param is_first: whether there may be no log yet; else an empty one is a flaw
    """
    ring = load_keyring()
    if rehearsal.is_on():
        # Rolled back with the rest: no place in the chain, and nobody waits for it.
        for draft in drafts:
            place = -1 - secrets.randbelow(2**31 - 1)
            _insert(env.cr, [(place, "", "", *_content(ring, draft))])
        return
    with own_connection(env) as cr:
        # The demo opens cases while the addon is being installed.
        _append(cr, ring, drafts, is_first or not env.registry.ready)


def _append(cr, ring, drafts, is_first):
    key = ring.derive(chain.CHAIN)
    place, before = _end(cr, key, is_first)
    onces = [draft.once for draft in drafts if draft.once]
    known = _known_once(cr, onces) if onces else ()
    drafts = [draft for draft in drafts if draft.once not in known]
    if not drafts:
        return
    rows = []
    for draft in drafts:
        place += 1
        content = _content(ring, draft)
        digest = chain.digest_of(content)
        before = chain.link_of(key, before, place, digest)
        rows.append((place, before, digest, *content))
    tip = chain.tip_of(key, place, before)
    _insert(cr, rows, place, tip)


def _end(cr, key, is_first):
    """Wait for whoever writes now; return place and link that the next line follows.

    A lock on a table takes no look at it: the look that follows sees the present.

    A log that does not end as it should goes on after a gap, so that a check still
    finds what was done to it.
    """
    cr.execute(
        """
        LOCK TABLE hr_career_access_head IN EXCLUSIVE MODE;
        SELECT line.place, line.link, head.place, head.tip
          FROM (VALUES (1)) AS one
     LEFT JOIN (SELECT place, link FROM hr_career_access
                 ORDER BY place DESC LIMIT 1) AS line ON true
     LEFT JOIN hr_career_access_head AS head ON true
        """
    )
    rows = cr.fetchall()
    place, link, at, tip = rows[0]
    if place is None and at is None and is_first:
        return 0, chain.GENESIS
    if place == at and chain.same(tip, chain.tip_of(key, at or 0, link or "")):
        return place, link
    return max(place or 0, at or 0) + 1, link or chain.GENESIS


def _content(ring, draft):
    """Return what a line says: ref, month, label, case index, once, sealed."""
    ref = sealing.new_ref()
    label = sealing.seal(
        ring.derive(LABEL),
        sealing.dump(
            {
                "role": draft.role,
                "company": draft.company_id,
                "case": draft.case_of_year,
            }
        ),
        sealing.place(LABEL, ref, draft.month),
    )
    once = draft.once or secrets.token_hex(32)
    return ref, draft.month, label, draft.case_index, once, draft.sealed(ref)


def _insert(cr, rows, place=None, tip=None):
    """Insert lines, and put the end of the log at ``place``: in one go."""
    query = SQL(
        "INSERT INTO hr_career_access"
        " (place, link, digest, ref, month, label, case_index, once, sealed)"
        " VALUES %s",
        SQL(", ").join(rows),
    )
    if place:
        query = SQL(
            "%s; INSERT INTO hr_career_access_head (ref, place, tip)"
            " VALUES (%s, %s, %s) ON CONFLICT ((ref IS NOT NULL))"
            " DO UPDATE SET place = EXCLUDED.place, tip = EXCLUDED.tip",
            query,
            sealing.new_ref(),
            place,
            tip,
        )
    cr.execute(query)


def anchor(env, at, is_first=False):
    """Write the line of the day, and return the link the log ends with.

    It looks like any other line: who reads the tables cannot count the days between
    two openings by it, and a head that changes every day tells nothing.
    """

    def sealed(_ref):
        key = sealing.new_key()
        return sealing.seal(key, sealing.dump({}), sealing.place(ANCHOR))

    draft = Draft(
        role=ANCHOR,
        company_id=0,
        month=at.date().replace(day=1).isoformat(),
        case_index=secrets.token_hex(32),
        case_of_year=NO_CASE,
        once="",
        sealed=sealed,
    )
    write(env, [draft], is_first)
    return head(env)


def begin(env, at):
    """Write the first line when there is none, as the addon is installed."""
    if not env.execute_query(SQL("SELECT FROM hr_career_access LIMIT 1")):
        anchor(env, at, is_first=True)


def head(env):
    """Return the link the log ends with now."""
    with own_connection(env) as cr:
        cr.execute("SELECT link FROM hr_career_access ORDER BY place DESC LIMIT 1")
        row = cr.fetchone()
    return row[0] if row else ""


# -- forgetting and checking -------------------------------------------------------


def forget(inside, ref):
    """Empty the lines about the case ``ref``; return how many. Their links stay.

    What stays of a line is its month and, sealed, its role, its company and which lines
    of that year were about the same case: for the yearly counts.
    """
    key = load_keyring().derive(chain.CHAIN)
    rows = inside.execute_query(
        SQL(
            "SELECT id, place, digest, ref, month::text, label"
            " FROM hr_career_access WHERE case_index = %s",
            case_index(ref),
        )
    )
    if not rows:
        return 0
    marks = [
        SQL("(%s, %s)", number, chain.mark_of(key, place, digest, tuple(rest)))
        for number, place, digest, *rest in rows
    ]
    set_forgetting = "SELECT set_config(%s, %s, true)"
    inside.cr.execute(SQL(set_forgetting, FORGETTING, "on"))
    inside.cr.execute(
        SQL(
            "UPDATE hr_career_access AS line"
            "   SET case_index = NULL, once = NULL, sealed = NULL, forgotten = new.mark"
            "  FROM (VALUES %s) AS new (id, mark) WHERE line.id = new.id",
            SQL(", ").join(marks),
        )
    )
    inside.cr.execute(SQL(set_forgetting, FORGETTING, ""))
    return len(rows)


def verify(env, heads=()):
    """Return what does not fit in the log: a list of :class:`..vault.chain.Flaw`.

    Reads every line and opens none. ``str()`` of a flaw says it in a sentence.

    :param heads: links that were sent out, in the order in which they were
    """
    key = load_keyring().derive(chain.CHAIN)
    env.cr.execute("SELECT place, tip FROM hr_career_access_head")
    tips = env.cr.fetchall()
    tip = tips[0] if len(tips) == 1 else None
    return chain.check(key, _all_lines(env), tip, heads)


def _all_lines(env):
    last = None
    while True:
        if last is None:
            # Lines of a rehearsal are those of this very transaction.
            after = SQL("place > 0") if rehearsal.is_on() else SQL("true")
        else:
            after = SQL("place > %s", last)
        rows = env.execute_query(
            SQL(
                "SELECT place, link, digest, forgotten, ref, month::text, label,"
                " case_index, once, sealed"
                " FROM hr_career_access WHERE %s ORDER BY place LIMIT %s",
                after,
                BATCH,
            )
        )
        for place, link, digest, mark, *content in rows:
            parts = tuple(part or "" for part in content)
            emptied = content[3:] == [None] * 3
            yield chain.Line(
                place,
                link or "",
                digest or "",
                None if emptied else parts,
                mark or "",
                parts[:3] if emptied else (),
            )
        if len(rows) < BATCH:
            return
        last = rows[-1][0]
