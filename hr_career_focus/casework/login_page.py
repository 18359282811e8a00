"""What the closed page says: why, and the way back in. The same for everybody.

Nothing here looks at a case: who has none reads the same words as who has one.
"""

from dataclasses import dataclass
from datetime import date

from odoo import fields

from ..vault import attestation
from ..vault.keyring import load_keyring
from .errors import explained
from .login_rows import facts_of, named_ways, present_marks

#: Kinds of ways into a login.
PASSWORD, PASSKEY, PROVIDER, DIRECTORY = (
    "password",
    "passkey",
    "provider",
    "directory",
)


@dataclass(frozen=True)
class WayIn:
    """One way into a login, as far as the database tells."""

    kind: str
    name: str = ""
    since: date | None = None


@dataclass(frozen=True)
class ClosedView:
    """What somebody reads whose login does not get in."""

    reason: str  # constants of casework.logins
    number: str  # names this login to the desk, today and tomorrow
    has_password: bool
    ways: tuple[WayIn, ...]
    #: Another way in was added, or one has gone, since the owner last confirmed them.
    has_new_way: bool
    seen: str  # names exactly these ways: what came after is not confirmed
    holders: tuple[str, ...]  # who runs the desk


def closed_view(env, reason):
    """Return what the closed page says to the login of ``env``."""
    with explained(env):
        facts = facts_of(env, [env.uid])[env.uid]
        ring = load_keyring()
        number = number_of(ring, facts, fields.Date.today())
        row, doors = facts.row(ring), present_marks(ring, facts)[1]
    mandates = env["hr.career.mandate"].sudo()
    holders = mandates._in_force(fields.Date.today(), company=env.company)
    return ClosedView(
        reason=reason,
        number=f"{number[:5]} {number[5:]}",
        has_password=bool(facts.hashed),
        ways=_ways(env, facts),
        has_new_way=bool(row)
        and not row.fresh
        and not attestation.same(row.doors, doors),
        seen=doors,
        holders=tuple(sorted(set(holders.user_id.mapped("name")))),
    )


def _ways(env, facts):
    ways = [WayIn(PASSWORD)] if facts.hashed else []
    ways += [WayIn(*one) for one in named_ways(env, facts.user_id)]
    if any(one.startswith("directory|") for one in facts.doors):
        ways.append(WayIn(DIRECTORY))
    return tuple(ways)


def number_of(ring, facts, day):
    """Return the number that names a login as it is entered now, on ``day``."""
    present = "|".join(present_marks(ring, facts))
    return attestation.restore_number(ring, facts.user_id, present, day.isoformat())
