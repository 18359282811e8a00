"""The proof for the organisation of 60 people, to follow by hand.

What is supported
    The year release of `sample`, with a draw that leaves one row without room: of the
    25 people in Office exactly six took part, and "6 or more" is published.

How to use
    The rows say this. Whoever counts by hand finds the last column:

    >>> facts = sixty()
    >>> for row, label in zip(facts.claims, LABELS, strict=True):
    ...     counted = true(facts, row)
    ...     print(f"{label:<18} {row.low:>2} to {row.high:>2}, in truth {counted}")
    Company            11 to 19, in truth 13
    Office              6 to 25, in truth 6
    Production          1 to  9, in truth 7
    Under 45            1 to  9, in truth 6
    45 and older        1 to  9, in truth 7
    Secondary school    1 to  9, in truth 7
    Bachelor or more    1 to  9, in truth 6
    Women               6 to 14, in truth 7
    Men, others         1 to  9, in truth 6

    The sixty people are of eight kinds: in Office or Production, under 45 or older,
    and so on, and did take part or did not. For most kinds the opposite changes no row
    beyond its range. Person 1 did not take part. Had she done so, the counts would be
    14, 6, 8, 7, 7, 8, 6, 8, 6, and every row would still hold:

    >>> proofs = certify(facts.people, facts.statuses, facts.claims).proofs
    >>> [len(proofs), sum(not proof.tree.without for proof in proofs)]
    [8, 7]
    >>> explain(proofs, 1)
    Everybody: 1 did.

    Person 36 works in Office and did take part. Had 36 not, five of Office would have,
    and "6 or more" would be wrong. So in the other world 37 did instead. To a reader
    who knows that 37 did not, it was 38; to one who knows 37 and 38, it was 39:

    >>> explain(proofs, 36)
    Everybody: 36 did not, 37 did.
    Who knows 37: 36 did not, 38 did.
    Who knows 37 and 38: 36 did not, 39 did.

    In each of these worlds the counts are those of the truth, because 36 to 39 are in
    the same rows. So nobody who knows two others is sure of 36; and the same holds for
    everybody of that kind, with the number of that person in place of 36.

    The second pair of eyes agrees:

    >>> check(facts.people, facts.statuses, facts.claims, Certificate(True, proofs, ()))
    []

How it works
    `release.compute` draws the figures under a fixed key, `evidence.gather` joins them
    to the sixty, and `explain` reads a proof aloud.
"""

from collections.abc import Sequence
from datetime import date

from . import release
from .certificate import Certificate, Claim, Proof, Repair, certify
from .checker import check
from .evidence import Evidence, Published, gather
from .sample import YEAR, sixty_people, thirteen_starts

__all__ = ["Certificate", "certify", "check", "explain", "sixty", "true"]

LABELS = (
    "Company",
    "Office",
    "Production",
    "Under 45",
    "45 and older",
    "Secondary school",
    "Bachelor or more",
    "Women",
    "Men, others",
)


def sixty() -> Evidence:
    """Return what a reader of the release of the sixty holds, with the truth."""
    register, starts = sixty_people(), thirteen_starts()
    published = release.compute(
        register,
        starts,
        company=1,
        period="year",
        published_on=date(YEAR + 1, 1, 15),
        secret=b"example 8",
    )
    return gather([Published(register, "year", published.rows)], starts)


def true(facts: Evidence, row: Claim) -> int:
    """Return how many people of a row took part."""
    return sum(row.counts(facts.statuses.get(person)) for person in row.members)


def explain(proofs: Sequence[Proof], person: int) -> None:
    """Print the worlds of the proof in which `person` does the opposite."""

    def say(repair: Repair, known: tuple[int, ...]):
        who = f"Who knows {' and '.join(map(str, known))}" if known else "Everybody"
        moves = (
            f"{one} {'did' if status else 'did not'}"
            for one, status in repair.world.flips
        )
        # it is read aloud to whoever runs the example
        print(f"{who}: {', '.join(moves)}.")  # pylint: disable=print-used
        for other, deeper in repair.without:
            say(deeper, (*known, other))

    say(next(proof.tree for proof in proofs if proof.person == person), ())
