"""What the closed page says: why, and the way back in. The same for everybody.

Nothing here looks at a case: who has none reads the same words as who has one.
"""

from dataclasses import dataclass

from odoo import fields

from ..vault import attestation
from ..vault.keyring import load_keyring
from .errors import explained
from .login_rows import facts_of, present_marks


@dataclass(frozen=True)
class ClosedView:
    """What somebody reads whose login does not get in."""

    reason: str  # constants of casework.logins
    number: str  # names this login to the desk, today and tomorrow
    has_password: bool
    passkeys: int
    has_provider: bool
    holders: tuple[str, ...]  # who runs the desk


def closed_view(env, reason):
    """Return what the closed page says to the login of ``env``."""
    with explained(env):
        facts = facts_of(env, [env.uid])[env.uid]
        number = number_of(load_keyring(), facts, fields.Date.today())
    mandates = env["hr.career.mandate"].sudo()
    holders = mandates._in_force(fields.Date.today(), company=env.company)
    return ClosedView(
        reason=reason,
        number=f"{number[:5]} {number[5:]}",
        has_password=bool(facts.hashed),
        passkeys=sum(one.startswith("passkey|") for one in facts.doors),
        has_provider=facts.has_provider,
        holders=tuple(sorted(set(holders.user_id.mapped("name")))),
    )


def number_of(ring, facts, day):
    """Return the number that names a login as it is entered now, on ``day``."""
    present = "|".join(present_marks(ring, facts))
    return attestation.restore_number(ring, facts.user_id, present, day.isoformat())
