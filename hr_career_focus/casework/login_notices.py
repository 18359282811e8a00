"""A word to the old address when somebody else changes the e-mail address of a login.

A password reset goes to the new address, so the owner would hear of nothing. The notice
is for every login alike, says nothing of this product, and comes once a day at most.
"""

from contextlib import contextmanager, suppress
from dataclasses import replace

from odoo import SUPERUSER_ID, fields
from odoo.tools import SQL, email_normalize

from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from .login_rows import facts_of, save_row

#: More addresses than these in one go are an import, and nobody's attack on one login.
MOST = 50
#: Where the changes of this transaction wait for its end.
WAITING = "hr_career_focus.old_addresses"


@contextmanager
def watching(env, partner_ids=(), user_ids=()):
    """Notice which logins have another address after the block."""
    before = _addresses(env, partner_ids, user_ids)
    yield
    if not before or env.context.get("install_mode") or not env.registry.ready:
        return
    after = _addresses(env, user_ids=list(before))
    changed = {
        user_id: old
        for user_id, old in before.items()
        # Who changes the own address knows of it.
        if old and user_id != env.uid and after.get(user_id) != old
    }
    if changed:
        _remember(env, changed)


def _addresses(env, partner_ids=(), user_ids=()):
    """Return ``{user id: address}`` of the logins of these contacts, or of these.

    Archived ones too: whoever archives a login, changes the address and takes it out of
    the archive again would otherwise be unseen.
    """
    if not partner_ids and not user_ids:
        return {}
    env["res.partner"].flush_model(["email"])
    env["res.users"].flush_model(["partner_id"])
    rows = env.execute_query(
        SQL(
            """
            SELECT u.id, p.email FROM res_users u
              JOIN res_partner p ON p.id = u.partner_id
             WHERE u.partner_id = ANY(%s) OR u.id = ANY(%s)
            """,
            list(partner_ids),
            list(user_ids),
        )
    )
    return {user_id: email_normalize(email or "") or "" for user_id, email in rows}


def _remember(env, changed):
    waiting = env.cr.precommit.data.get(WAITING)
    if waiting is None:
        waiting = env.cr.precommit.data.setdefault(WAITING, {})
        env.cr.precommit.add(lambda: _send(env, waiting))
    for user_id, old in changed.items():
        # The first of them: the address from before this transaction.
        waiting.setdefault(user_id, old)


def _send(env, waiting):
    """Queue the notices of this transaction, for those not told today."""
    env.cr.precommit.data.pop(WAITING, None)
    present = _addresses(env, user_ids=list(waiting))
    changed = {one: old for one, old in waiting.items() if present.get(one) != old}
    if not 0 < len(changed) <= MOST:
        return
    with suppress(VaultError):
        for user_id in _not_told_today(env, sorted(changed)):
            _queue(env, user_id, changed[user_id])


def _not_told_today(env, user_ids):
    """Return who was not told yet today, and remember that they are now."""
    ring = load_keyring()
    today = fields.Date.today().toordinal()
    found = []
    for user_id, facts in facts_of(env, user_ids, lock=True).items():
        row = facts.row(ring)
        if row and row.told == today:
            continue
        if row:
            told = replace(row, told=today)
            save_row(env, user_id, told.sealed(ring, user_id))
        found.append(user_id)
    return found


def _queue(env, user_id, address):
    """Queue the notice: without author and record, in the reader's own language."""
    user = env["res.users"].sudo().browse(user_id)
    outside = env(
        user=SUPERUSER_ID,
        su=True,
        context={"lang": user.lang or env.lang, "allowed_company_ids": None},
    )
    outside = outside["res.users"].with_company(user.company_id).env
    outside["mail.mail"].create(
        {
            "subject": outside._("Your e-mail address was changed"),
            "body_html": outside["ir.qweb"]._render(
                "hr_career_focus.address_notice_mail",
                {"url": user.company_id.get_base_url() + "/my"},
            ),
            "email_from": user.company_id.email_formatted
            or outside.user.email_formatted,
            "email_to": address,
            "auto_delete": True,
            "author_id": False,
        }
    )
