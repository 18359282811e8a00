"""Who can be the second person in a company: a desk holder, or a privacy officer.

The standing of somebody is a mark of why: it ends with the mandate it rests on, and a
later mandate of the same person is another one. What was confirmed on the strength of
a standing ends with it.
"""

from ..engine.roles import GROUP_DESK, GROUP_OFFICER

OFFICER = "officer"


def of_desk(env, user, company, today) -> str:
    """Return the mark of the mandate under which ``user`` runs the desk, or ""."""
    mandates = env["hr.career.mandate"].sudo()
    if company not in mandates._mandated_companies(user, today):
        return ""
    [mandate] = mandates._in_force(today, user=user, company=company)[:1]
    return mandate._mark()


def of_officer(user, company) -> str:
    """Return the mark of a privacy officer of ``company``, or ""."""
    user = user.sudo()
    is_officer = user.active and user.has_group(GROUP_OFFICER)
    return OFFICER if is_officer and company in user.company_ids else ""


def standings(env, user, company, today) -> set:
    """Return the marks of all that makes ``user`` a second person in ``company``."""
    return {of_desk(env, user, company, today), of_officer(user, company)} - {""}


def second_persons(env, company, today, but=()):
    """Return the logins that can be the second person in ``company``.

    :param but: ids of those who cannot, because it is theirs
    """
    users = env["res.users"].sudo()
    group = env.ref(GROUP_OFFICER).sudo()
    officers = users.search(
        [("all_group_ids", "in", group.ids), ("company_ids", "in", company.ids)]
    )
    mandates = env["hr.career.mandate"].sudo()._in_force(today, company=company)
    desk = env.ref(GROUP_DESK).sudo()
    holders = mandates.user_id.filtered(
        lambda user: user.active and desk in user.all_group_ids
    )
    return (officers | holders).filtered(lambda user: user.id not in but)
