"""Two books that nobody can rewrite unseen: what was expected, and what was found.

Each line is signed together with the signature of the line before it, under a key that
is outside the database. Taking lines away from the end shows only on paper: that is
why every report prints the digest.
"""

import hashlib
import json

from odoo import fields
from odoo.tools import SQL

from ..vault.keyring import load_keyring
from . import seal

EXPECTATION = "hr.career.check.expectation"
RUN = "hr.career.check.run"
#: Full reports are kept of the latest runs; the signed line of each run is kept.
REPORTS_KEPT = 30


def append(env, model, values, text):
    """Add a signed line to a book; return it.

    :param values: what the line says, {name: text or number}
    :param text: the long text the line stands for; its hash is signed
    """
    env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", model))
    records = env[model].sudo()
    last = records.search([], order="id desc", limit=1)
    values = {
        **values,
        "moment": fields.Datetime.to_string(fields.Datetime.now()),
        "text_digest": _digest(text),
        "previous": last.signature or "",
    }
    signature = seal.sign(load_keyring(), model, values)
    return records.create({**values, "text": text, "signature": signature})


def lines(env, model, limit=None):
    """Return (lines latest first, whether the book was altered)."""
    found = env[model].sudo().search([], order="id desc")
    ring, altered = load_keyring(), False
    for line, earlier in zip(found, [*found[1:], None], strict=False):
        values = {name: line[name] or _empty(line, name) for name in line._signed()}
        values["moment"] = fields.Datetime.to_string(line.moment)
        good = seal.is_signed(ring, model, values, line.signature)
        good &= not line.text or _digest(line.text) == line.text_digest
        good &= line.previous == (earlier.signature if earlier else "") or (
            not earlier and not line.previous
        )
        altered |= not good
    return found[:limit], altered


def _empty(line, name):
    return 0 if line._fields[name].type in ("integer", "float") else ""


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


# -- the expectation ------------------------------------------------------------------


def expect(env, picture, author, note):
    """Sign a picture as what is expected from now on."""
    text = json.dumps(picture, sort_keys=True, separators=(",", ":"))
    return append(env, EXPECTATION, {"author": author, "note": note}, text)


def expected(env):
    """Return (picture, signature, whether it was altered); no picture when none."""
    found, altered = lines(env, EXPECTATION)
    if not found:
        return {}, "", False
    last = found[0]
    try:
        return json.loads(last.text), last.signature, altered
    except (TypeError, ValueError):
        return {}, last.signature or "", True


# -- the history ----------------------------------------------------------------------


def keep(env, result, author):
    """Write a run into the history, with its full report."""
    text = json.dumps(
        {
            "findings": [
                [one.level, one.code, one.where, one.detail] for one in result.findings
            ],
            "cells": [
                [c.role, c.asset, c.way, c.expected, c.reached, c.tried, c.calls]
                for c in result.cells
            ],
            "picture": hashlib.sha256(
                json.dumps(result.snapshot, sort_keys=True).encode()
            ).hexdigest(),
        },
        separators=(",", ":"),
    )
    values = {
        "author": author,
        "digest": result.digest,
        "findings": len(result.open),
        "advice": len(result.advice),
        "seconds": round(result.seconds),
    }
    line = append(env, RUN, values, text)
    older = env[RUN].sudo().search([("text", "!=", False)], order="id desc")
    older[REPORTS_KEPT:].text = False
    return line
