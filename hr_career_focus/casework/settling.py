"""Closing a period: what providers are to be paid is put into settlements.

The truth of a voucher is its one row. The closing writes the rows of the vouchers it
settles and the settlements in one transaction, and then every other voucher row too:
otherwise the database itself would show which rows were written together with which
settlement.
"""

import hashlib
import json
import random
from collections import defaultdict

from odoo.tools import SQL

from ..engine.settlement import Claim, Terms, batches, closing_on
from ..engine.statement import make
from ..models.settlement import closing
from ..vault import sealing, signing
from ..vault.keyring import load_keyring
from . import vouchers
from .opening import vault

SETTLEMENT = "hr.career.settlement"
PROVIDER = "hr.career.provider"


def close(env, today):
    """Settle what is ready by the last closing on or before ``today``.

    Safe to run again: what is settled is not there to settle any more.

    :return: the settlements that were made, as superuser
    """
    with vault(env) as inside, closing():
        # The whole table first, as the mixing at the end needs it: whoever redeems or
        # undoes meanwhile waits here, and is then run again. The rows too: should they
        # have changed since this transaction began, the database says so here.
        table = SQL.identifier(inside[vouchers.VOUCHER]._table)
        inside.cr.execute(SQL("LOCK TABLE %s IN EXCLUSIVE MODE", table))
        known = {row.ref: (row, one) for row, one in vouchers.all_of(inside, lock=True)}
        ready = batches(_claims(known), today, _terms(inside))
        made = inside[SETTLEMENT]
        # In no order: the rows of one closing are numbered as they are made.
        for batch in random.SystemRandom().sample(ready, len(ready)):
            settlement = _settle(inside, batch, known, closing_on(today))
            made += settlement
        if made:
            inside.flush_all()
            vouchers.mix(inside, today)
    return made


def _claims(known):
    """Yield what is not in a settlement yet."""
    for ref, (_row, voucher) in known.items():
        for spend in voucher.unsettled:
            yield Claim(
                voucher=ref,
                spend=spend.ref,
                company=voucher.company,
                provider=spend.provider,
                currency=voucher.currency,
                month=spend.month,
                amount=spend.amount,
                vat=spend.vat,
            )


def _terms(inside):
    """Return the function that gives what a company decided."""
    companies = inside["res.company"].search([("active", "in", (True, False))])
    found = {
        one.id: Terms(one.career_settlement_min, one.career_settlement_delay)
        for one in companies
    }
    return lambda company: found.get(company, Terms())


def _settle(inside, batch, known, closed_on):
    """Make one settlement and put its uses into it."""
    company, provider, currency = batch.pile
    ref = sealing.new_ref()
    taken = defaultdict(list)
    for claim in batch.claims:
        taken[claim.voucher].append(claim.spend)
    for voucher_ref, spends in taken.items():
        row, voucher = known[voucher_ref]
        voucher = voucher.settle(spends, ref)
        known[voucher_ref] = row, voucher
        vouchers.save(row, voucher)
    statement = signed(inside, batch, ref)
    kept = json.dumps(statement.to_json(), ensure_ascii=False, sort_keys=True)
    return inside[SETTLEMENT].create(
        {
            "ref": ref,
            "company_id": company,
            "provider_id": provider,
            "currency_id": currency_of(inside, currency).id,
            "month_from": batch.first,
            "month_to": batch.last,
            "closed_on": closed_on,
            "number": batch.shown,
            "minimum": batch.minimum,
            "total": float(batch.total),
            "vat": float(batch.vat),
            "statement": kept,
            "digest": digest_of(kept),
        }
    )


def signed(inside, batch, ref):
    """Return the statement of a batch, signed."""
    ring = load_keyring()
    company, provider, currency = batch.pile
    facts = {
        "database": inside["ir.config_parameter"].get_param("database.uuid"),
        "company": inside["res.company"].browse(company).name,
        "provider": inside[PROVIDER].browse(provider).name,
        "settlement": ref,
        "period": period_text(batch.first, batch.last),
        "currency": currency,
        "number": str(batch.shown or f"1-{batch.minimum - 1}"),
        "total": f"{batch.total:.2f}",
        "vat": f"{batch.vat:.2f}",
    }
    # As many lines as vouchers: none when their number is not shown.
    serials = [
        signing.serial_of(ring, voucher, ref)
        for voucher in batch.vouchers
        if batch.shown
    ]
    return make(
        facts, serials, signing.public_key(ring), lambda text: signing.sign(ring, text)
    )


def currency_of(inside, name):
    """Return the currency of a name, also one that is not in use any more."""
    domain = [("name", "=", name), ("active", "in", (True, False))]
    return inside["res.currency"].search(domain, limit=1)


def period_text(first, last):
    """Return a period as statements say it: 2026-03/2026-05."""
    return f"{first:%Y-%m}/{last:%Y-%m}"


def digest_of(kept):
    """Return the control number of a statement that is kept."""
    return hashlib.sha256(kept.encode()).hexdigest()
