"""What the papers say about a release, beside its rows."""

from dataclasses import replace

from odoo.tools import formatLang

from ..controllers import sentences
from ..controllers.uptake_view import BENCHMARK_PERCENT, BENCHMARK_YEAR
from ..engine import shares


def headline(sheet, figures):
    """Add the figure of the company, or why there is none."""
    env, whole = figures.env, figures.whole
    if whole:
        sheet.box(
            whole.share,
            [
                env._("of %s people started with career guidance", whole.headcount),
                f"{whole.people} ({whole.people_range})"
                if whole.people_range
                else whole.people,
            ],
            whole,
        )
        key(sheet)
    elif not figures.yearly:
        sheet.text(env._("The figures of the whole year have not been published yet."))


def key(sheet):
    """Say what bars, marks and dots are."""
    env = sheet.env
    sheet.text(
        env._(
            "The bar shows every number the share can be, the dark mark is the rounded "
            "figure. The dotted line is %(percent)s%%: the part of the Flemish working "
            "population that had used career guidance by about %(year)s, over several "
            "years (source: Ascento / HR Square).",
            percent=formatLang(env, BENCHMARK_PERCENT, digits=1),
            year=BENCHMARK_YEAR,
        ),
        soft=True,
    )


def released(figures):
    """Return when the figures appeared and under which fingerprint, as one line."""
    release = figures.of_year[-1:]
    return figures.env._(
        "Published on %(day)s. Fingerprint: %(digest)s",
        day=sentences.day(figures.env, release.published_on),
        digest=broken(release.digest),
    )


def as_period(line):
    """Return the row of a quarter under the name of its quarter."""
    return replace(line, label=line.period_label)


def meaning(env, whole):
    """Return what a figure means, beginning with the company's own."""
    figure = whole.figure
    if figure.top:
        own = env._(
            "The company's own figure is “%(low)s people or more”. That can be half of "
            "the company and it can be everybody. We never say which.",
            low=figure.low,
        )
    elif not figure.shown:
        own = env._(
            "The company's own figure is “0 to %(high)s people”. That can be nobody, "
            "or any number up to %(high)s. We never say which.",
            high=figure.high,
        )
    else:
        own = env._(
            "The company's own figure is “about %(shown)s people”. The true number is "
            "one of %(low)s to %(high)s. It was moved up or down to a multiple of five "
            "by a draw, once.",
            shown=figure.shown,
            low=figure.low,
            high=figure.high,
        )
    return [
        own,
        env._("All other figures were made in the same way, each with its own draw."),
        env._(
            "A share is the figure divided by the number of people in the group. The "
            "range stands beside it."
        ),
        env._("Figures need not add up. Please do not add them yourself."),
    ]


def reach(figures):
    """Return which groups are clearly reached less or more, as sentences."""
    env = figures.env
    less, more = figures.reached(shares.BELOW), figures.reached(shares.ABOVE)
    said = []
    if less:
        said.append(
            env._(
                "Clearly reached less than the company as a whole: %s.", _listed(less)
            )
        )
    if more:
        said.append(env._("Clearly reached more: %s.", _listed(more)))
    return said or [
        env._(
            "For no group of age, education, contract or gender is there a clear "
            "difference with the company as a whole."
        )
    ]


def _listed(names):
    return "; ".join(names)


def proof(env, release):
    """Return what was proved before a release was published, as sentences."""
    certificate = release.certificate
    if not certificate:
        return [
            env._(
                "This release is from before there was a proof for each person. The "
                "other rules were the same."
            )
        ]
    if not certificate["holds"]:
        return [
            env._(
                "The program could not prove for everybody that nothing can be "
                "learned. So it published the figure of the company only. There was "
                "no second draw and no second try."
            )
        ]
    said = [
        env._(
            "It was proved for each person separately that the same figures could have "
            "appeared if this person had done the opposite."
        ),
        env._(
            "It holds against a reader who already knows of %(insiders)s other people "
            "whether they took part.",
            insiders=certificate["insiders"],
        ),
        env._(
            "It covers all rows that had been published about this year: %(rows)s.",
            rows=certificate["rows"],
        ),
    ]
    if certificate["exact_total"]:
        said.append(
            env._(
                "It also holds against a reader who knows exactly how many people took "
                "part in the whole company."
            )
        )
    return said


def outcome(env, release):
    """Return what came of the proof of a release, in a few words."""
    certificate = release.certificate
    if not certificate:
        return env._("Published before there was a proof")
    if certificate["holds"]:
        return env._("Proved for everybody before publication")
    return env._("Not proved for everybody: company figure only")


def fits(env, release):
    """Return whether a release is still what was published."""
    if release._is_intact():
        return env._("It fits.")
    return env._(
        "It does not fit: these are not the figures that were published. Tell the "
        "privacy officer."
    )


def privacy_line(env, figures):
    """Return in one sentence how the people behind the figures are protected."""
    proofs = [one.certificate for one in figures.of_year]
    if all(proof and proof["holds"] for proof in proofs):
        return env._(
            "From these figures alone nobody can be sure that a colleague took part, "
            "or did not. That was proved for each person before they appeared."
        )
    return env._(
        "These figures are about groups of %s people or more, and rounded, to protect "
        "the people behind them.",
        figures.of_year[-1:].parameters["minimum"],
    )


def numbers(env, parameters):
    """Return the numbers behind the rules: (name, value)."""
    rows = [
        (env._("Smallest group"), env._("%s people", parameters["minimum"])),
        (env._("Figures are multiples of"), parameters["base"]),
        (
            env._("Groups are shown from"),
            env._(
                "%s people in the published figure of the company",
                parameters["breakdown"],
            ),
        ),
        (
            env._("Quarters are shown from"),
            env._("%s people in the company", parameters["quarter_minimum"]),
        ),
        (
            env._("Time for late registrations"),
            env._("%s days", parameters["grace_days"]),
        ),
    ]
    if "insiders" in parameters:
        rows.append(
            (
                env._("People a reader may already know about"),
                str(parameters["insiders"]),
            )
        )
    return rows


def broken(digest):
    """Return a fingerprint with places where a line may break."""
    return " ".join(digest[start : start + 32] for start in range(0, 64, 32))
