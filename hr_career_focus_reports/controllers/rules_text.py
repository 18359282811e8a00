"""The rules in force, as text made from the numbers that are in force.

What is supported
    Chapters of plain sentences for the page, the reports and the command line, in the
    language of the environment. The numbers come from the company, or from a release
    when the reader wants to know under which rules that one was made.

How to use
    ``rules(env, company)`` for what holds for the next release, ``rules(env, company,
    release.parameters)`` for what held for an earlier one, and ``as_text`` for a
    terminal.

How it works
    Nothing here is written down twice: sizes, rounding and insiders are read from the
    parameters, days from the calendar. A sentence about something that is switched off
    is not there. No number comes from a count.
"""

from dataclasses import dataclass

from odoo import fields
from odoo.tools import format_date

from ..engine import schedule
from ..engine.parameters import AGREED

#: What releases from before the proof existed do not name.
WITHOUT_PROOF = {"insiders": 0, "exact_total": False, "changes": ()}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sentences under one heading; `code` is stable and free of language."""

    code: str
    title: str
    sentences: tuple[str, ...]


def in_force(company):
    """Return the numbers of the next release of `company`, as a release stores them."""
    minimum = max(company.career_min_group, AGREED.minimum)
    numbers = AGREED.stricter(minimum, company.career_exact_total).as_dict()
    return numbers | {"changes": company._career_uptake_changes()}


def rules(env, company, parameters=None):
    """Return the rules of `company` as chapters.

    :param env: environment in the language of the reader.
    :param company: the company; its council's decision is named.
    :param parameters: the stored numbers of a release; those in force without it.
    """
    numbers = WITHOUT_PROOF | (parameters or in_force(company))
    return (
        Chapter("counted", env._("Who is counted"), _counted(env)),
        Chapter("groups", env._("Which groups get a figure"), _groups(env, numbers)),
        Chapter("figure", env._("How a figure is made"), _figure(env, numbers)),
        Chapter("proof", env._("The proof"), _proof(env, numbers)),
        Chapter("when", env._("When figures appear"), _when(env, numbers)),
        Chapter("change", env._("Who can change this"), _change(env, company, numbers)),
        Chapter("limits", env._("What the rules do not do"), _limits(env, numbers)),
    )


def as_text(env, company, parameters=None):
    """Return the rules as lines of plain text."""
    return "\n\n".join(
        "\n".join([chapter.title, *(f"- {one}" for one in chapter.sentences)])
        for chapter in rules(env, company, parameters)
    )


def _counted(env):
    return (
        env._(
            "Only guidance that an employee chose is counted. What the employer "
            "starts, such as outplacement, is not."
        ),
        env._(
            "You count once a year, in the month in which your coach records the "
            "first session. Requests are not counted."
        ),
        env._(
            "You count where you worked on 1 January, or on your first working day if "
            "that is later. You stay there all year, also when you move or when "
            "departments change."
        ),
    )


def _groups(env, numbers):
    return (
        env._("A group needs at least %s people.", numbers["minimum"]),
        env._(
            "A company with fewer than %(one)s people gets no figure. A company with "
            "fewer than %(many)s people gets one figure about the whole year.",
            one=numbers["minimum"],
            many=2 * numbers["minimum"],
        ),
        env._(
            "What is left of a part of the organisation needs %s people too. If it has "
            "fewer, the smallest group joins it. So nobody can find a small group by "
            "subtraction.",
            numbers["minimum"],
        ),
        env._(
            "Which groups are shown depends on the size of groups only. Who took part "
            "plays no role."
        ),
        env._(
            "The tables are always the same: the company, parts of the organisation, "
            "age, education, contract and gender. No table combines two of these. "
            "There is no search and no filter."
        ),
        env._(
            "A company with %s people or more also gets one figure per quarter.",
            numbers["quarter_minimum"],
        ),
    )


def _figure(env, numbers):
    base = numbers["base"]
    return (
        env._(
            "Every number is moved up or down to a multiple of %(base)s. A draw "
            "decides which, once. The true number is at most %(away)s away.",
            base=base,
            away=base - 1,
        ),
        env._(
            "Zero is never shown. “0 to %s people” can be nobody, or any number up "
            "to that.",
            base - 1,
        ),
        env._(
            "A part of the organisation that shows “0 to %s people” shows that for "
            "everything inside it as well. Groups of exactly the same people always "
            "show the same figure.",
            base - 1,
        ),
        env._(
            "Where the figures inside a part of the organisation leave its own range "
            "almost no room, its figure moves one step, to a range that is true as "
            "well."
        ),
        env._(
            "“Everybody” is never shown. From about half of a group on, we only say "
            "“so many people or more”."
        ),
        env._(
            "Figures are rounded one by one, so they need not add up. Please do not "
            "add them."
        ),
        env._(
            "Groups within the company are shown only when the published figure of the "
            "company is %s or more.",
            numbers["breakdown"],
        ),
        env._(
            "“Clearly above” or “clearly below” the company is said only when the two "
            "ranges do not touch."
        ),
    )


def _proof(env, numbers):
    if not numbers["insiders"]:
        return (
            env._(
                "These figures were made before there was a proof for each single "
                "person. The other rules were the same."
            ),
        )
    return (
        env._(
            "Before figures appear, the program proves something for each person "
            "separately: the same figures could have appeared if this person had done "
            "the opposite."
        ),
        env._(
            "The proof also holds against a reader who already knows the answers of %s "
            "others: whether they took part, and in which quarter.",
            numbers["insiders"],
        ),
        env._(
            "The proof covers all figures that have appeared about the same year, "
            "together."
        ),
        env._(
            "If the proof fails for one single person, only the figure of the company "
            "appears. There is no second draw and no second try."
        ),
        env._(
            "Where groups in the company have figures, the proof also holds against a "
            "reader who knows exactly how many people took part in the whole company, "
            "for example from invoices."
        )
        if numbers["exact_total"]
        else env._(
            "The proof does not count on a reader who knows from invoices exactly how "
            "many people took part. If somebody does, the employer can have that "
            "proved as well."
        ),
    )


def _when(env, numbers):
    grace = numbers["grace_days"]
    days = [
        format_date(
            env,
            schedule.publication_day(2026, period, grace),
            date_format="d MMMM",
        )
        for period in schedule.PERIODS
    ]
    return (
        env._(
            "Figures about a year appear on %s of the next year. Never earlier, and "
            "never because a number was reached.",
            days[-1],
        ),
        env._(
            "Figures about quarters appear on %(first)s, %(second)s, %(third)s and "
            "%(fourth)s.",
            first=days[0],
            second=days[1],
            third=days[2],
            fourth=days[3],
        ),
        env._(
            "A server that is down on that day publishes when it is back, within %s "
            "days.",
            schedule.CATCH_UP_DAYS,
        ),
        env._(
            "A figure never changes after that, and is never taken away. A correction "
            "that comes later counts in the next figures of that year, or not at all."
        ),
        env._(
            "Each release has a fingerprint, which also covers the release before it. "
            "Whoever wrote it down can check that nothing was changed."
        ),
    )


def _change(env, company, numbers):
    if company.career_council_date:
        decided = env._(
            "The works council decided about these rules on %s.",
            _day(env, company.career_council_date),
        )
    elif company.career_council_none:
        decided = env._("The company says that it has no works council.")
    else:
        decided = env._(
            "The works council has not decided yet. Until then nothing is published."
        )
    return (
        decided,
        *(_changed(env, change) for change in numbers["changes"]),
        env._(
            "The numbers can be made stricter. The program refuses to make them "
            "looser, also when an administrator asks."
        ),
        env._(
            "Everybody reads the same figures. A manager sees the company and the own "
            "part of it. HR and the works council see all rows. Nobody sees more."
        ),
    )


def _changed(env, change):
    """Return what became stricter, and when."""
    day = _day(env, fields.Date.to_date(change["on"]))
    if change["exact_total"]:
        return env._(
            "Since %(day)s a group needs at least %(minimum)s people, and the proof "
            "counts on a reader who knows the exact total.",
            day=day,
            minimum=change["minimum"],
        )
    return env._(
        "Since %(day)s a group needs at least %(minimum)s people.",
        day=day,
        minimum=change["minimum"],
    )


def _day(env, date):
    return format_date(env, date, date_format="d MMMM y")


def _limits(env, numbers):
    sentences = [
        env._(
            "They do not stop anybody from guessing. In a group with a high figure it "
            "is more likely that a member took part."
        ),
        env._(
            "Somebody who knows the answer of nearly everybody can find out something "
            "about the few who remain."
        ),
    ]
    if numbers["insiders"]:
        sentences.append(
            env._(
                "%s people or more who put together what they know may learn more "
                "than the proof counts on.",
                numbers["insiders"] + 1,
            )
        )
    sentences += [
        env._("People can tell, and a calendar or an absence can be seen."),
        env._("Whoever runs the server and holds the key can read the source itself."),
    ]
    return tuple(sentences)
