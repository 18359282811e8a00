"""The second pair of eyes: recounts every world a certificate names (A4).

What is supported
    Any certificate over any claims. This file shares nothing with the search: it takes
    the people, the statuses, the rows and the worlds, and counts.

How to use
    >>> from .certificate import Claim, certify
    >>> people, known = range(1, 11), {1: "q1", 2: "q1", 3: "q2", 9: "q3"}
    >>> rows = (Claim(frozenset(range(1, 7)), "year", 0, 3),)
    >>> certificate = certify(people, known, rows)
    >>> check(people, known, rows, certificate)
    []

    Whatever is wrong is said in words, without anybody's number:

    >>> from dataclasses import replace
    >>> check(people, known, rows, replace(certificate, proofs=certificate.proofs[1:]))
    ['People in no proof: 3.']

How it works
    People are put in heaps: the same rows, taking part or not, counted by the same
    rows. Two people of one heap can be exchanged without any row noticing, so a proof
    for one is a proof for the whole heap. Each heap must have a proof. In a proof each
    world must differ for its person, leave those alone whom the reader knows, and keep
    every row within its range; and for every other person moved there must be a world
    without that one, as deep as a reader may know people.
"""


def check(people, statuses, claims, certificate, insiders=2, total=None) -> list[str]:
    """Return what is wrong with a certificate; nothing when everybody is covered.

    :param people: everybody who must be covered.
    :param statuses: the quarter of each participant.
    :param claims: what all rows of the year say.
    :param total: the exact number of participants, when a reader may know it.
    """
    recount = _Recount(people, statuses, claims, total)
    wrong = []
    if not recount.holds(()):
        wrong.append("A row does not hold in the truth.")
    proven = set()
    for proof in certificate.proofs:
        found = recount.faults(proof.person, proof.tree, frozenset(), insiders)
        if found:
            wrong.extend(found)
        else:
            proven.add(recount.heap(proof.person))
    missing = sum(recount.heap(person) not in proven for person in recount.places)
    if missing:
        wrong.append(f"People in no proof: {missing}.")
    if bool(certificate.holds) == bool(certificate.failed):
        wrong.append("The certificate does not say what its proofs say.")
    return wrong


class _Recount:
    """Counts rows from scratch: the truth, and what each world changes in it."""

    def __init__(self, people, statuses, claims, total):
        self.people = set(people)
        self.statuses = statuses
        quarters = {claim.period for claim in claims}
        self.periods = [claim.period for claim in claims]
        self.lows = [claim.low for claim in claims]
        self.highs = [claim.high for claim in claims]
        groups = [claim.members for claim in claims]
        if total is not None:
            self.periods.append("year")
            self.lows.append(total)
            self.highs.append(total)
            groups.append(self.people)
        self.places = {person: [] for person in self.people}
        for row, members in enumerate(groups):
            for person in members:
                self.places.setdefault(person, []).append(row)
        self.counts = [0] * len(groups)
        for person, status in statuses.items():
            for row in self.places.get(person, ()):
                self.counts[row] += self.counted(row, status)
        spoken = quarters - {"year"}
        self.open = {"q1", "q2", "q3", "q4"} - spoken
        if spoken and "year" not in quarters:
            self.open = set()

    def counted(self, row, status):
        """Tell whether a row counts a member with this status."""
        return status is not None and self.periods[row] in ("year", status)

    def heap(self, person):
        """Return what a person must share with another to be exchanged for one."""
        status = self.statuses.get(person)
        rows = self.places[person]
        return (
            status is None,
            tuple(rows),
            tuple(row for row in rows if self.counted(row, status)),
        )

    def possible(self, person, status):
        """Tell whether the person can have had this status.

        Not in a quarter about which rows speak, but none of which has the person: who
        was not there yet cannot have started. Nor in a quarter that is not published
        when nothing is known about the year.
        """
        if status is None or status in self.open:
            return True
        return any(self.periods[row] == status for row in self.places[person])

    def faults(self, person, repair, known, insiders):
        """Return what is wrong with a world and with those it leads to."""
        flips = repair.world.flips
        changed = dict(flips)
        if len(changed) != len(flips) or not changed.keys() <= self.places.keys():
            return ["A world moves somebody twice, or a stranger."]
        if person not in changed or (changed[person] is None) == (
            self.statuses.get(person) is None
        ):
            return ["In a world its person does the same as in truth."]
        if known & changed.keys():
            return ["A world moves somebody whose status the reader knows."]
        if not all(self.possible(one, status) for one, status in flips):
            return ["A world gives somebody a status that person cannot have had."]
        if not self.holds(flips):
            return ["In a world a row is outside its range."]
        if len(known) >= insiders:
            return []
        wrong = []
        answers = dict(repair.without)
        for other in changed.keys() - {person}:
            if other in answers:
                wrong += self.faults(person, answers[other], known | {other}, insiders)
            else:
                wrong.append("A reader who knows somebody in a world has no answer.")
        return wrong

    def holds(self, flips):
        """Tell whether every row holds when these people have these statuses.

        Without flips: whether every row holds in the truth.
        """
        shift = dict.fromkeys(() if flips else range(len(self.counts)), 0)
        for person, status in flips:
            before = self.statuses.get(person)
            for row in self.places[person]:
                step = self.counted(row, status) - self.counted(row, before)
                if step:
                    shift[row] = shift.get(row, 0) + step
        return all(
            self.lows[row] <= self.counts[row] + step <= self.highs[row]
            for row, step in shift.items()
        )
