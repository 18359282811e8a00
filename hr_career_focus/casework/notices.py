"""The one e-mail there is: "there is a message for you".

Every event sends the same text, so that neither subject nor body, nor a header that
names a model or a record, tells a mail administrator what it is about. It is queued
without author, record and creator, and deleted once sent.
"""

from odoo import SUPERUSER_ID
from odoo.tools import email_normalize


def notify(env, addresses, lang=None):
    """Queue the neutral e-mail to each of ``addresses``; others are passed over.

    :param lang: language of the readers; without one, that of ``env``
    """
    outside = env(user=SUPERUSER_ID, context={**env.context, "lang": lang or env.lang})
    sender = outside.company.email_formatted or outside.user.email_formatted
    values = {
        "subject": outside._("There is a message for you"),
        "body_html": outside["ir.qweb"]._render(
            "hr_career_focus.notice_mail",
            {"url": outside.company.get_base_url() + "/my"},
        ),
        "email_from": sender,
        "auto_delete": True,
        "author_id": False,
    }
    wanted = {normal for one in addresses if (normal := email_normalize(one or ""))}
    if wanted:
        outside["mail.mail"].create(
            [dict(values, email_to=address) for address in sorted(wanted)]
        )


def notify_user(env, user, address):
    """Tell one user, at an address, in the name of the user's own company.

    The sender and the language follow from the reader alone: whoever sees the outgoing
    mail cannot tell one kind of event from another.
    """
    user = user.exists()
    if user:
        own = env["res.users"].sudo().with_company(user.company_id).env
        notify(own, [address], user.lang)


def notify_coach(env, coach):
    """Tell the coach that something waits."""
    user = coach.sudo().user_id
    notify_user(env, user, user.email)


def notify_desk(env, company, today):
    """Tell everyone who runs the desk of ``company`` today."""
    mandates = env["hr.career.mandate"].sudo()
    notify_users(env, mandates._in_force(today, company=company).user_id)


def notify_users(env, users):
    """Tell each of ``users``, at the address of the login."""
    for user in users.sudo():
        notify_user(env, user, user.email)


def notify_employee(env, identity):
    """Tell the employee, the way the employee chose; nothing when that is "none"."""
    if identity["channel"] == "mail":
        user = env["res.users"].sudo().browse(identity["user"])
        notify_user(env, user, identity["address"])
