"""The head of the access log, sent out of the house every day.

The head is the link of the last line. Somebody who keeps the heads can show later that
nothing was cut off or rewritten before the last of them, whatever an administrator did
in the meantime. A head is a number without any meaning: it changes every day, whether
or not a case was opened.
"""

import logging
import os

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


def _mail_head(env, head, day):
    """Queue one e-mail for each mailbox, in the language of its company."""
    companies = env["res.company"].sudo().search([("career_log_mailbox", "!=", False)])
    known = set()
    for company in companies:
        address = email_normalize(company.career_log_mailbox)
        if not address or address in known:
            continue
        known.add(address)
        lang = company.partner_id.lang or env.lang
        outside = env(user=SUPERUSER_ID, context={**env.context, "lang": lang})
        outside["mail.mail"].create(
            {
                "subject": outside._("Control number of %s", format_date(outside, day)),
                "body_html": outside["ir.qweb"]._render(
                    "hr_career_focus.head_mail", {"day": day.isoformat(), "head": head}
                ),
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
