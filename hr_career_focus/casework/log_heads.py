"""The head of the access log, sent out of the house every day.

The head is the link of the last line. Somebody who keeps the heads can show later that
nothing was cut off or rewritten before the last of them, whatever an administrator did
in the meantime. A head is a number without any meaning: it changes every day, whether
or not a case was opened.
"""

import logging
import os
from contextlib import contextmanager

from odoo import SUPERUSER_ID
from odoo.tools import email_normalize, format_date

from . import access_log

#: Names a file that gets a line for each head: on a disk that the administrators of
#: the database cannot write to, or that can only be added to.
ENVIRONMENT = "HR_CAREER_FOCUS_HEAD_FILE"

_logger = logging.getLogger(__name__)


def send_head(env, at):
    """Write the line of the day; send its link to the mailboxes and to the file."""
    head = access_log.anchor(env, at)
    _mail_head(env, head, at.date())
    path = os.environ.get(ENVIRONMENT)
    if path:
        _write_head(path, head, at.date())
    return head


def _mailboxes(env):
    """Return {address: the first company that names it}."""
    companies = env["res.company"].sudo().search([("career_log_mailbox", "!=", False)])
    found = {}
    for company in companies:
        if address := email_normalize(company.career_log_mailbox):
            found.setdefault(address, company)
    return found


def _mail_head(env, head, day):
    """Queue one e-mail for each mailbox, in the language of its company."""
    for address, company in _mailboxes(env).items():
        outside = _outside(env, company)
        _queue(
            outside,
            company,
            address,
            outside._("Control number of %s", format_date(outside, day)),
            "hr_career_focus.head_mail",
            {"day": day.isoformat(), "head": head},
        )


@contextmanager
def telling_who_loses_it(env):
    """Tell each mailbox that gets the number no more after the block.

    Whoever takes it away from an office should not be able to do so in silence.
    """
    before = _mailboxes(env)
    yield
    gone = before.keys() - _mailboxes(env).keys()
    for address in sorted(gone):
        company = before[address]
        outside = _outside(env, company)
        _queue(
            outside,
            company,
            address,
            outside._("The control number goes elsewhere"),
            "hr_career_focus.head_gone_mail",
            {"company": company.name},
        )


def _outside(env, company):
    lang = company.partner_id.lang or env.lang
    return env(user=SUPERUSER_ID, su=True, context={**env.context, "lang": lang})


def _queue(outside, company, address, subject, template, values):
    outside["mail.mail"].create(
        {
            "subject": subject,
            "body_html": outside["ir.qweb"]._render(template, values),
            "email_from": company.email_formatted or outside.user.email_formatted,
            "email_to": address,
            "auto_delete": True,
            "author_id": False,
        }
    )


def _write_head(path, head, day):
    """Add a line to the file. A file that cannot be written keeps no mail back."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a") as stream:
            stream.write(f"{day.isoformat()} {head}\n")
    except OSError as error:
        _logger.error("The control number cannot be written: %s", error)
