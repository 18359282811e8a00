"""The proof per person that the opposite could just as well be true (R9).

What is supported
    All rows a company has published about one year, quarters included, and readers who
    know the status of any two others already. A person is proven when for every such
    pair there is another world in which this person did the opposite, the pair did what
    they did, and every row still holds.

How to use
    Ten people, two rows: of all of them 1 to 5 took part, of the first six 0 to 3.
    Persons 1, 2, 3 and 9 did.

    >>> everybody, six = frozenset(range(1, 11)), frozenset(range(1, 7))
    >>> known = {1: "q1", 2: "q1", 3: "q2", 9: "q3"}
    >>> rows = (Claim(everybody, "year", 1, 5), Claim(six, "year", 0, 3))
    >>> certificate = certify(everybody, known, rows)
    >>> certificate.holds
    True

    Had person 4 taken part too, then four of the first six would have, unless 1 did
    not. To a reader who knows that 1 did, it could have been 2 who did not; to one who
    knows 1 and 2 both, it could have been 3:

    >>> def show(repair, known=()):
    ...     print(known, repair.world.flips)
    ...     for person, other in repair.without:
    ...         show(other, (*known, person))
    >>> show(next(proof for proof in certificate.proofs if proof.person == 4).tree)
    () ((4, 'q1'), (1, None))
    (1,) ((4, 'q1'), (2, None))
    (1, 2) ((4, 'q1'), (3, None))

    Had only 1 and 2 of the six taken part, and the row said "at most 2", then a reader
    who knows both would be sure of 3, 4, 5 and 6:

    >>> rows = (Claim(everybody, "year", 1, 5), Claim(six, "year", 0, 2))
    >>> refused = certify(everybody, {1: "q1", 2: "q1"}, rows)
    >>> [failure.size for failure in refused.failed]
    [4]

How it works
    People in the same rows with the same status are of one kind; one proof does for all
    of them. The person's flip may break rows. The search takes the broken row that the
    fewest moves could mend, tries those that leave the fewest rows broken, and goes on
    with up to five people.

    Readers who know somebody are handled exactly: whoever knows nobody in a repair is
    answered by it, so only those who know somebody in it need another one, found
    without that person; and so on until as many are known as the agreement says. With
    five people moved and two known these are at most 1 + 5 + 25 searches.

    Where the search finds nothing there may still be a world: it errs on the safe side.
"""

from collections.abc import Iterable, Mapping, Sequence

from .certificate_board import Board, Kind, Move, State, bits
from .certificate_data import (
    Certificate,
    Claim,
    Failure,
    Proof,
    Repair,
    World,
)
from .evidence import claims

__all__ = [
    "Certificate",
    "Claim",
    "Failure",
    "Proof",
    "Repair",
    "World",
    "certify",
    "claims",
]

#: People moved besides the one a world is about, and positions the search may look at:
#: first the near worlds, then the far ones with ever more patience.
DEPTHS = (1, 2, 5)
POSITIONS = 400
ATTEMPTS = (
    *((depth, POSITIONS) for depth in DEPTHS),
    *((max(DEPTHS), times * POSITIONS) for times in (5, 9)),
)


def certify(
    people: Iterable[int],
    statuses: Mapping[int, str],
    claims: Sequence[Claim],
    insiders: int = 2,
    total: int | None = None,
    *,
    stop: bool = False,
    attempts: Sequence[tuple[int, int]] = ATTEMPTS,
) -> Certificate:
    """Prove for each of `people` that the opposite could just as well be true.

    :param statuses: the quarter of each participant; everybody else took no part.
    :param claims: what all published rows of the year say.
    :param insiders: how many statuses a reader may know.
    :param total: the exact number of participants, when a reader may know it.
    :param stop: whether one failure is enough to know.
    :param attempts: how far and how long to search; fewer only for invented figures.
    :raises ValueError: when a claim does not hold in the truth.
    """
    search = _Search(Board(people, statuses, claims, total), insiders, attempts)
    proofs, failed = [], []
    for kind in search.board.kinds:
        tree = search.tree(kind)
        if tree:
            proofs.append(Proof(kind.people[0], tree))
        else:
            failed.append(Failure(frozenset(kind.people)))
            if stop:
                break
    return Certificate(not failed, tuple(proofs), tuple(failed))


class _Search:
    """Finds repairs; remembers which moves mended which breaks before."""

    def __init__(self, board: Board, insiders: int, attempts=ATTEMPTS):
        self.board = board
        self.insiders = insiders
        self.attempts = attempts
        self.enough = insiders + 1 + max(DEPTHS)
        self.patterns = {}
        self.hopeless = set()

    def tree(self, kind: Kind) -> Repair | None:
        """Return the repairs for the first person of a kind, or nothing."""
        starts = {}
        for move in self.board.flips(kind):
            same = (move.more & self.board.tight, move.less & self.board.tight)
            starts.setdefault(same, (same, move, self.board.truth.after(move)))
        ordered = sorted(starts.values(), key=lambda one: one[2].broken.bit_count())
        return self._repair(kind.people[0], ordered, ())

    def _repair(self, person, starts, known) -> Repair | None:
        """Return a world without the people known, and those without its people."""
        taken = {}
        for one in (person, *known):
            kind = self.board.kind_of[one]
            taken[kind] = taken.get(kind, 0) + 1
        case = (frozenset(same for same, _move, _state in starts), frozenset(known))
        found = None if case in self.hopeless else self._moves(starts, taken)
        if found is None:
            self.hopeless.add(case)
            return None
        flips = _flips(person, found, {person, *known})
        without = []
        if len(known) < self.insiders:
            for other, _status in flips[1:]:
                repair = self._repair(person, starts, (*known, other))
                if repair is None:
                    return None
                without.append((other, repair))
        return Repair(World(flips), tuple(without))

    def _moves(self, starts, taken) -> tuple[Move, ...] | None:
        """Return the person's own move and those that mend what it breaks."""
        for _same, start, state in starts:
            if not state.broken:
                return (start,)
        for same, start, state in starts:
            for pattern in self.patterns.get(same, ()):
                if _fits(state, pattern, taken):
                    return (start, *pattern)
        for depth, budget in self.attempts:
            for same, start, state in starts:
                self.left = budget
                moves = self._mend(state, depth, taken)
                if moves is not None:
                    self.patterns.setdefault(same, []).append(moves)
                    return (start, *moves)
        return None

    def _mend(self, state: State, depth: int, taken: dict) -> tuple[Move, ...] | None:
        """Return at most `depth` moves after which every row holds."""
        if not state.broken:
            return ()
        if not depth or self.left <= 0:
            return None
        self.left -= 1
        options = [
            move
            for move in min(map(self._relief(state), bits(state.broken)), key=len)
            if len(move.kind.people) > taken.get(move.kind, 0)
        ]
        if depth == 1:
            return next(((m,) for m in options if not state.broken_after(m)), None)
        options.sort(key=lambda move: state.broken_after(move).bit_count())
        for move in options:
            rest = self._mend(
                state.after(move),
                depth - 1,
                taken | {move.kind: taken.get(move.kind, 0) + 1},
            )
            if rest is not None:
                return (move, *rest)
            if self.left <= 0:
                return None
        return None

    def _relief(self, state: State):
        """Return what finds the moves that mend a row."""
        return lambda row: self.board.relief(
            row, bool(state.over >> row & 1), self.enough
        )


def _fits(state: State, pattern: Sequence[Move], taken: Mapping) -> bool:
    """Tell whether these moves mend a state, with enough people free for them."""
    taken = dict(taken)
    for move in pattern:
        if len(move.kind.people) <= taken.get(move.kind, 0):
            return False
        taken[move.kind] = taken.get(move.kind, 0) + 1
    for move in pattern[:-1]:
        state = state.after(move)
    return not state.broken_after(pattern[-1])


def _flips(person, moves, excluded) -> tuple[tuple[int, str | None], ...]:
    """Return who moves: the person, and for each further move somebody not excluded."""
    flips, excluded = [(person, moves[0].status)], set(excluded)
    for move in moves[1:]:
        other = next(one for one in move.kind.people if one not in excluded)
        excluded.add(other)
        flips.append((other, move.status))
    return tuple(flips)
