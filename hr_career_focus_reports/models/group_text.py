"""What a published group is called, in the language of the reader.

A release stores codes and frozen labels. Names of units are shown as they were frozen;
everything the product named itself is translated here.
"""

from ..engine import register as reg
from ..engine import structure

AGE_LIMITS = {
    "under_35": (None, 34),
    "35_44": (35, 44),
    "45_54": (45, 54),
    "55_plus": (55, None),
}


def group_text(env, table, code, label):
    """Return the name of the group that `table` and `code` stand for."""
    if table == structure.COMPANY:
        return env._("Whole company")
    if table == structure.TREE:
        return env._("Other units") if code.endswith("/other") else label
    values = code.split("+")
    if table == structure.AGE:
        return _ages(env, values)
    words = _words(env, table)
    return ", ".join(words.get(value, value) for value in values)


def _words(env, table):
    """Return the names of the categories of a trait."""
    unknown = {reg.UNKNOWN: env._("Not known")}
    if table == structure.EDUCATION:
        return dict(env["hr.employee"]._get_certificate_selection()) | unknown
    if table == structure.CONTRACT:
        return {
            "permanent": env._("Permanent contract"),
            "fixed_term": env._("Contract with an end date"),
        }
    return unknown | {
        "female": env._("Women"),
        "male": env._("Men"),
        "other": env._("Other"),
    }


def _ages(env, values):
    """Return one range of ages for neighbouring bands."""
    bands = [AGE_LIMITS[value] for value in values if value in AGE_LIMITS]
    if not bands:
        return env._("Age not known")
    low, high = bands[0][0], bands[-1][1]
    if low is None and high is None:
        text = env._("All ages")
    elif low is None:
        text = env._("Under %s", high + 1)
    elif high is None:
        text = env._("%s and older", low)
    else:
        text = env._("%(low)s to %(high)s years", low=low, high=high)
    if reg.UNKNOWN in values:
        return env._("%s, or age not known", text)
    return text
