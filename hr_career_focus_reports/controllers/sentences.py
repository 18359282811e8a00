"""Published figures in words: plain, short, and never more than the range allows."""

from odoo.tools import format_date

from ..engine import release, shares, structure
from .uptake_shapes import DOTS, Outcome


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


def change(env, code, year):
    """Return what may be said of a year compared with `year`."""
    return {
        shares.ABOVE: env._("Clearly more than in %s", year),
        shares.BELOW: env._("Clearly less than in %s", year),
        shares.UNCLEAR: env._("No clear difference with %s", year),
    }[code]


def example(env, cell):
    """Return one figure taken apart: as said, in numbers, in percents, as drawn."""
    figure, size = cell._figure(), cell.headcount
    said = env._(
        "%(group)s: %(figure)s of %(size)s.",
        group=cell.group_text,
        figure=people(env, figure),
        size=size,
    )
    if figure.top:
        numbers = env._(
            "Every number from %(low)s up to all %(size)s can give this figure.",
            low=figure.low,
            size=size,
        )
    else:
        numbers = env._(
            "Every number from %(low)s to %(high)s can give this figure. Which one it "
            "was, is nowhere on this page.",
            low=figure.low,
            high=figure.high,
        )
    return said, numbers, _example_share(env, figure, size)


def _example_share(env, figure, size):
    part = shares.share(figure, size)
    if part.high is None:
        return env._("So at least %s%% took part.", part.low or 0)
    if part.low is None:
        return env._("So at most %s%% took part.", part.high)
    return env._(
        "So between %(low)s%% and %(high)s%% took part.", low=part.low, high=part.high
    )


def drawing(env, size):
    """Return what one dot of an example is, and what all of them do not show."""
    if size > DOTS:
        return env._("One dot for every hundredth part of the group.")
    return env._("One dot for each person, in no order.")


def trait(env, table):
    """Return the heading of a table."""
    return {
        structure.COMPANY: env._("Whole company"),
        structure.TREE: env._("By part of the organisation"),
        structure.AGE: env._("By age"),
        structure.EDUCATION: env._("By education"),
        structure.CONTRACT: env._("By contract"),
        structure.GENDER: env._("By gender"),
    }[table]


def proved(env, record):
    """Return what was proved of a release before it appeared: (kind, sentence)."""
    certificate = record.certificate
    if not certificate:
        return "note", env._(
            "These figures were made before there was a proof for each single person."
        )
    size = record.cell_ids[:1].headcount
    if record.state == release.PRIVACY:
        return "privacy", env._(
            "The proof failed for the other figures, so they did not appear. It does "
            "not say which person, or why."
        )
    if not size:
        return "note", env._("There is no figure, so there was nothing to prove.")
    if certificate.get("exact_total"):
        return "good", env._(
            "Proved before publication, for each of %(people)s people: these figures "
            "do not tell for certain whether this person took part. Also not to a "
            "reader who knows the answers of %(insiders)s others and the exact total.",
            people=size,
            insiders=certificate["insiders"],
        )
    return "good", env._(
        "Proved before publication, for each of %(people)s people: these figures do "
        "not tell for certain whether this person took part. Also not to a reader who "
        "knows the answers of %(insiders)s others.",
        people=size,
        insiders=certificate["insiders"],
    )


def no_breakdown(env, record, minimum):
    """Return why a release has no rows below the company, or nothing when it has."""
    if record.state == release.FULL:
        return ""
    if record.state == release.NOTHING:
        return env._(
            "The company had fewer than %s people, so no figure is published.", minimum
        )
    if record.state == release.PRIVACY:
        return env._(
            "Privacy check: only the figure of the company appears this year. The "
            "program could not prove for every single person that the other figures "
            "give nothing away, so it left them all out. It does not try again."
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


def outcome(env, answer):
    """Return what a repeated proof found, in words, with what it means.

    :param answer: what ``hr.career.release._prove`` returned: its findings, or a
        sentence that says why it cannot be repeated any more.
    """
    if isinstance(answer, str):
        return Outcome("note", env._("The proof cannot be repeated"), [answer])
    if not answer["holds"]:
        return Outcome(
            "bad",
            env._("The proof was not found again"),
            [
                env._(
                    "The program counted again from the source, and did not find a "
                    "proof for every single person. It does not say for whom. The "
                    "figures stay as they are."
                ),
                env._(
                    "What this means: something in the source is not what it was when "
                    "the figures appeared, or the program makes a mistake. It does not "
                    "mean that something has come out. Tell the privacy officer, and "
                    "ask who runs the program to look for the cause."
                ),
            ],
        )
    return Outcome(
        "good",
        env._("The proof holds"),
        [
            env._(
                "For each of %(people)s people, the opposite answer also fits all "
                "%(rows)s figures of this year, whichever %(insiders)s other answers "
                "somebody knows. A second program, written apart from the first, has "
                "counted all of this again.",
                people=answer["people"],
                rows=answer["rows"],
                insiders=answer["insiders"],
            ),
            env._(
                "What this means: these figures do not tell for certain whether a "
                "colleague took part. Also not to a reader who knows the answers of %s "
                "others.",
                answer["insiders"],
            ),
        ],
    )
