"""What published figures are good for, and what they withstand; writes a page of docs.

    make bench ARGS="--only utility"
    python benchmarks/utility.py --seeds 10

Publishes 900 years of invented companies of 60 to 1,000 people with 2 to 30 % uptake,
asks of each group whether it is below or above its company, and compares the answers
with the truth and with what exact figures would have supported. Then the attacks of
``attacks.py``, with so many companies of each kind. Written to
``docs/uptake-tests.md``. It ends with 1 when an answer was wrong, a release refused, or
anybody found.
"""

import argparse
import math
import multiprocessing
import sys
from collections import Counter
from pathlib import Path

import attacks
import broken

PAGE = Path(__file__).resolve().parent.parent / "docs" / "uptake-tests.md"
TEXT = Path(__file__).with_name("uptake-tests.txt")
#: 5 sizes x 5 shares x 36 companies.
SEEDS = 36
#: And some larger ones, which are not among the 900.
LARGE = 2_000
#: A difference of so many percentage points is one that HR would want to know of.
GAP = 3
#: Standard deviations of 95 % significance.
SIGNIFICANT = 1.96


def one(case):
    """Publish one company's year; return its size and what its figures are good for."""
    size, rate, seed, depth = case
    release, structure, shares, attack_release, attacker, synthetic, agreed = (
        attacks.load(
            "engine.release",
            "engine.structure",
            "engine.shares",
            "tests.attack_release",
            "tests.attacker",
            "tests.synthetic",
            "engine.parameters",
        )
    )
    register = synthetic.organisation(size, seed, depth)
    starts = synthetic.statuses(register, rate, seed)
    releases = attack_release.publish(register, starts, b"utility %d" % seed)
    final = releases[-1]
    count = Counter(
        releases=1,
        refused=any(one.state == release.PRIVACY for one in releases),
        full=final.state == release.FULL,
    )
    if count["refused"]:
        count["case", f"{size} people, {100 * rate:.0f} %, number {seed}"] = 1
    groups = structure.offered(register, "year", agreed.AGREED)[1:]
    units = {group.unit for group in groups if group.unit}
    for unit, people in register.members_by_unit().items():
        if len(people) >= agreed.AGREED.minimum:
            count["units"] += 1
            count["units with a row"] += unit in units
            count["units published"] += unit in units and final.state == release.FULL
    said = {
        attacker.members_of(register, row, final.rows): shares.verdict(
            (row.figure, row.headcount),
            (final.rows[0].figure, final.rows[0].headcount),
        )
        for row in final.rows[1:]
    }
    for group in groups:
        verdict = said.get(group.members, shares.UNCLEAR)
        truth, is_significant = compared(group.members, starts, register.keys)
        if verdict != shares.UNCLEAR:
            count["verdicts"] += 1
            count["wrong"] += (verdict == shares.ABOVE) != (truth > 0) or not truth
        if abs(truth) >= GAP:
            kind = "unit" if group.table == structure.TREE else "trait"
            count[kind, "gaps"] += 1
            right = shares.ABOVE if truth > 0 else shares.BELOW
            count[kind, "right"] += verdict == right
            count[kind, "exact"] += is_significant
    return size, count


def compared(group, starts, everybody):
    """Return a group's difference with the company, and whether it is significant.

    The first in percentage points. The second compares the group with all others, as
    exact figures would allow.
    """
    took_part, rest = len(group & starts.keys()), everybody - group
    share = len(starts) / len(everybody)
    difference = 100 * (took_part / len(group) - share)
    if not rest or not 0 < share < 1:
        return difference, False
    others = len(rest & starts.keys()) / len(rest)
    deviation = math.sqrt(share * (1 - share) * (1 / len(group) + 1 / len(rest)))
    z = (took_part / len(group) - others) / deviation
    return difference, abs(z) > SIGNIFICANT


def run():
    """Return per size what the figures were good for."""
    (synthetic,) = attacks.load("tests.synthetic")
    found = {}
    waiting = [*synthetic.grid(seeds=SEEDS), *synthetic.grid((LARGE,), seeds=12)]
    with multiprocessing.get_context("spawn").Pool(attacks.PROCESSES) as pool:
        for number, (size, count) in enumerate(pool.imap_unordered(one, waiting), 1):
            found.setdefault(size, Counter()).update(count)
            attacks.say(f"{number} of {len(waiting)} companies published")
    return dict(sorted(found.items()))


def percent(part, whole):
    """Return a share in whole percents."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def shown(found):
    """Return the table of what is published."""
    return markdown(
        (
            "People",
            "Years published",
            "Refused",
            "With a breakdown",
            "Units of 20 and more",
            "large enough for a row of their own, with the rest",
            "row published",
        ),
        [
            (
                f"{size:,}",
                f"{count['releases']:,}",
                f"{count['refused']:,}",
                percent(count["full"], count["releases"]),
                f"{count['units']:,}",
                percent(count["units with a row"], count["units"]),
                percent(count["units published"], count["units"]),
            )
            for size, count in found.items()
        ],
    )


def useful(found, kind):
    """Return the table of verdicts about traits or units."""
    return markdown(
        (
            "People",
            f"Groups {GAP} points or more from the company",
            "Right verdict",
            "Wrong verdict",
            "No verdict",
            "Exact numbers at 95 % would say",
        ),
        [
            (
                f"{size:,}",
                f"{count[kind, 'gaps']:,}",
                percent(count[kind, "right"], count[kind, "gaps"]),
                f"{count['wrong']:,}",
                percent(
                    count[kind, "gaps"] - count[kind, "right"], count[kind, "gaps"]
                ),
                percent(count[kind, "exact"], count[kind, "gaps"]),
            )
            for size, count in found.items()
        ],
    )


def markdown(head, rows):
    """Return a table.

    >>> print(markdown(("a", "b"), [("x", "1")]))
    | a | b |
    | --- | ---: |
    | x | 1 |
    """
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(found, attacked, mutants):
    """Write the page."""
    total = sum(found.values(), Counter())
    cases = [key[1] for key in total if key[0] == "case"]
    text = TEXT.read_text("utf-8").format(
        releases=f"{total['releases']:,}",
        refused=f"{total['refused']:,}",
        why=f" ({'; '.join(cases)})" if cases else "",
        verdicts=f"{total['verdicts']:,}",
        wrong=f"{total['wrong']:,}",
        gap=GAP,
        organisations=f"{sum(row[1] for row in attacked):,}",
        shown=shown(found),
        traits=useful(found, "trait"),
        units=useful(found, "unit"),
        attacked=markdown(
            [head[:1].upper() + head[1:] for head in attacks.HEAD],
            [attacks.written(row) for row in attacked],
        ),
        broken=markdown(("What was broken", "What the attack found"), mutants),
    )
    PAGE.write_text(text, "utf-8")


def main(arguments):
    """Measure, write and judge."""
    parser = argparse.ArgumentParser(prog="utility", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="companies of each kind")
    options = parser.parse_args(arguments)
    found, attacked, mutants = run(), attacks.run(options.seeds), broken.rows()
    write(found, attacked, mutants)
    total = sum(found.values(), Counter())
    print(f"{PAGE.name} written. Refused: {total['refused']}. Wrong: {total['wrong']}.")
    is_good = not total["refused"] and not total["wrong"] and attacks.nobody(attacked)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
