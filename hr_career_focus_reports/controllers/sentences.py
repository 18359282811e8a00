"""Published figures in words: plain, short, and never more than the range allows."""

from odoo.tools import format_date

from ..engine import release, shares, structure


def people(env, figure):
    """Return how many took part, as a phrase for a table."""
    if figure.top:
        return env._("%s people or more", figure.low)
    if not figure.shown:
        return env._("0 to %s people", figure.high)
    return env._("about %s people", figure.shown)


def people_range(env, figure):
    """Return the range behind the phrase, or nothing when the phrase is the range."""
    if figure.top or not figure.shown:
        return ""
    return env._("between %(low)s and %(high)s", low=figure.low, high=figure.high)


def share(env, figure, headcount):
    """Return the share of a group with its range."""
    part = shares.share(figure, headcount)
    if figure.top:
        return env._("%s%% or more", part.low)
    if not part.centre:
        return env._("up to %s%%", part.high)
    if not part.low:
        return env._(
            "%(share)s%% (up to %(high)s%%)", share=part.centre, high=part.high
        )
    return env._(
        "%(share)s%% (%(low)s to %(high)s%%)",
        share=part.centre,
        low=part.low,
        high=part.high,
    )


def verdict(env, code):
    """Return what may be said of a group compared with the company."""
    return {
        shares.ABOVE: env._("Clearly above the company"),
        shares.BELOW: env._("Clearly below the company"),
        shares.UNCLEAR: env._("No clear difference"),
    }[code]


def trait(env, table):
    """Return the heading of a table."""
    return {
        structure.TREE: env._("By part of the organisation"),
        structure.AGE: env._("By age"),
        structure.EDUCATION: env._("By education"),
        structure.CONTRACT: env._("By contract"),
        structure.GENDER: env._("By gender"),
    }[table]


def no_breakdown(env, record, minimum):
    """Return why a release has no rows below the company, or nothing when it has."""
    if record.state == release.FULL:
        return ""
    if record.state == release.NOTHING:
        return env._(
            "The company had fewer than %s people, so no figure is published.", minimum
        )
    company = record.cell_ids[:1]
    if company.headcount < 2 * minimum:
        return env._(
            "The company had fewer than %s people, so only one figure is published.",
            2 * minimum,
        )
    if company.shown < record.parameters["breakdown"]:
        return env._(
            "Too few people took part in the company as a whole for a breakdown, so "
            "only one figure is published this year."
        )
    return env._("No part of the company is large enough for a figure of its own.")


def no_spending_rows(env, record, rows):
    """Return why there are no rows of budgets, or nothing when there are."""
    minimum = record.parameters["minimum"]
    if record.state == release.FULL:
        return ""
    if record.state == release.NOTHING:
        return env._(
            "The company had fewer than %s people, so no figure is published.", minimum
        )
    if rows[0].headcount < 2 * minimum:
        return env._(
            "The company had fewer than %s people, so only one figure is published.",
            2 * minimum,
        )
    if rows[0].figure.shown < record.parameters["breakdown"]:
        return env._(
            "Too few people were helped in the company as a whole for a breakdown, so "
            "only one figure is published this year."
        )
    return env._("No budget is for enough people to have a figure of its own.")


def together(env, figures):
    """Return the sum over years with its margin, where a sum can be had."""
    if any(figure.top or not figure.shown for figure in figures):
        return ""
    total, margin = shares.over_years([figure.shown for figure in figures])
    return env._(
        "Together about %(total)s people, give or take %(margin)s.",
        total=total,
        margin=margin,
    )


def day(env, date):
    """Return a date in words."""
    return format_date(env, date, date_format="d MMMM y")
