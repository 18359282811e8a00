"""The board on which the certificate searches: rows, kinds of people, moves.

What is supported
    Any claims over any people. A set of rows is one whole number with a bit per row, so
    that "which rows would this move break" is a single operation, however many rows.

How to use
    >>> from .certificate_data import Claim
    >>> board = Board(range(1, 5), {1: "q1"}, [Claim(frozenset((1, 2)), "year", 0, 1)])
    >>> [(kind.status, kind.people) for kind in board.kinds]
    [('q1', (1,)), (None, (2,)), (None, (3, 4))]

    Persons 3 and 4 are in no row. Person 2 cannot start without breaking the row,
    unless person 1 does not:

    >>> start = board.flips(board.kinds[1])[0]
    >>> board.truth.after(start).broken
    1
    >>> board.truth.after(start).after(board.flips(board.kinds[0])[0]).broken
    0

How it works
    A *kind* is everybody with the same rows and the same status. A quarter about which
    no row says anything is the same as any other such quarter. Somebody can only be
    given a quarter in which a row counts that person: whoever was not employed by then
    cannot have started. Without a claim about the year only quarters with a row are
    given: the others are not over yet, or were not published.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .certificate_data import QUARTERS, YEAR, Claim


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """People whom the rows cannot tell apart; `rows` are the rows they are in."""

    people: tuple[int, ...]
    status: str | None
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One person of a kind gets another status; which rows count one more, one less."""

    kind: Kind
    status: str | None
    more: int
    less: int


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A world as the rows see it.

    full, empty
        Rows that cannot count one more, or one less.
    over, under
        Rows that are broken; `far` are those broken by more than one.
    shift
        By how much rows differ from the truth.
    """

    board: "Board"
    full: int
    empty: int
    over: int
    under: int
    far: int
    shift: dict[int, int]

    @property
    def broken(self) -> int:
        """Return the rows that do not hold."""
        return self.over | self.under

    def broken_after(self, move: Move) -> int:
        """Return the rows that would not hold after `move`."""
        more, less, far = move.more, move.less, self.far
        return (
            (self.over & (far | ~less))
            | (self.under & (far | ~more))
            | (self.full & more)
            | (self.empty & less)
        )

    def after(self, move: Move) -> "State":
        """Return the world after `move`."""
        shift = dict(self.shift)
        for row in bits(move.more):
            shift[row] = shift.get(row, 0) + 1
        for row in bits(move.less):
            shift[row] = shift.get(row, 0) - 1
        touched = move.more | move.less
        full, empty = self.full & ~touched, self.empty & ~touched
        over, under, far = self.over & ~touched, self.under & ~touched, self.far
        far &= ~touched
        board = self.board
        for row in bits(touched):
            bit = 1 << row
            room = board.room_up[row] - shift[row]
            if room <= 0:
                full |= bit
                if room < 0:
                    over |= bit
            below = board.room_down[row] + shift[row]
            if below <= 0:
                empty |= bit
                if below < 0:
                    under |= bit
            if room < -1 or below < -1:
                far |= bit
        return State(board, full & ~over, empty & ~under, over, under, far, shift)


class Board:
    """Rows, kinds and the moves between them.

    :param total: the exact number of participants, when a reader may know it.
    :raises ValueError: when a claim does not hold in the truth.
    """

    def __init__(
        self,
        people: Iterable[int],
        statuses: Mapping[int, str],
        claims: Sequence[Claim],
        total: int | None = None,
    ):
        people = list(people)
        about = {claim.period for claim in claims}
        spoken = [quarter for quarter in QUARTERS if quarter in about]
        silent = [quarter for quarter in QUARTERS if quarter not in about][:1]
        if total is not None:
            claims = [*claims, Claim(frozenset(people), YEAR, total, total)]
        bounds = _merged(claims)
        self.periods = [period for _members, period in bounds]
        self._unspoken = set(QUARTERS).difference(spoken)
        self._silent = silent
        self._given = {*spoken, *silent} if YEAR in about or not spoken else set(spoken)
        self._rows_of = dict.fromkeys((YEAR, *QUARTERS), 0)
        for row, period in enumerate(self.periods):
            self._rows_of[period] |= 1 << row
        self.kinds = self._kinds(people, statuses, bounds)
        counted = [0] * len(bounds)
        for kind in self.kinds:
            for row in bits(self._counting(kind, kind.status)):
                counted[row] += len(kind.people)
        self.room_up, self.room_down = [], []
        for (low, high), number in zip(bounds.values(), counted, strict=True):
            self.room_up.append(high - number)
            self.room_down.append(number - low)
        if min(self.room_up + self.room_down, default=0) < 0:
            raise ValueError("A row does not hold in the truth.")
        full = sum(1 << row for row, room in enumerate(self.room_up) if not room)
        empty = sum(1 << row for row, room in enumerate(self.room_down) if not room)
        self.tight = full | empty
        self.truth = State(self, full, empty, 0, 0, 0, {})
        self._relief = {}

    def _kinds(self, people, statuses, bounds):
        """Return everybody by rows and status, in the order of the first person."""
        places = {person: [] for person in people}
        for row, (members, _period) in enumerate(bounds):
            for person in members:
                places.setdefault(person, []).append(row)
        found = {}
        for person, place in places.items():
            status = statuses.get(person)
            if status in self._unspoken:
                status = self._silent[0]
            found.setdefault((tuple(place), status), []).append(person)
        return [
            Kind(tuple(members), status, sum(1 << row for row in place))
            for (place, status), members in found.items()
        ]

    @cached_property
    def kind_of(self) -> dict[int, Kind]:
        """Return the kind of each person."""
        return {person: kind for kind in self.kinds for person in kind.people}

    @cached_property
    def _kinds_in(self) -> list[list[Kind]]:
        """Return the kinds in each row."""
        found = [[] for _period in self.periods]
        for kind in self.kinds:
            for row in bits(kind.rows):
                found[row].append(kind)
        return found

    def _counting(self, kind: Kind, status: str | None) -> int:
        """Return the rows that count somebody of a kind when the status is this."""
        if status is None:
            return 0
        return kind.rows & (self._rows_of[YEAR] | self._rows_of[status])

    def moves(self, kind: Kind) -> Iterator[Move]:
        """Yield what may happen to one person of a kind, starting or not first."""
        here = self._counting(kind, kind.status)
        if kind.status is not None:
            yield Move(kind, None, 0, here)
        for quarter in QUARTERS:
            if quarter == kind.status or quarter not in self._given:
                continue
            if quarter in self._unspoken or kind.rows & self._rows_of[quarter]:
                there = self._counting(kind, quarter)
                yield Move(kind, quarter, there & ~here, here & ~there)

    def flips(self, kind: Kind) -> list[Move]:
        """Return the moves with which one person of a kind does the opposite."""
        return [
            move
            for move in self.moves(kind)
            if (move.status is None) != (kind.status is None)
        ]

    def relief(self, row: int, over: bool, enough: int) -> list[Move]:
        """Return moves that bring a row down (when `over`) or up.

        Of moves that do the same to all rows without room, `enough` people are kept.
        """
        known = self._relief.get((row, over))
        if known is not None:
            return known
        bit, kept, found = 1 << row, [], {}
        for kind in self._kinds_in[row]:
            if over and not self._counting(kind, kind.status) & bit:
                continue
            for move in self.moves(kind):
                if not (move.less if over else move.more) & bit:
                    continue
                same = (move.more & self.tight, move.less & self.tight)
                people = found.setdefault(same, {})
                if sum(people.values()) < enough or kind in people:
                    people[kind] = len(kind.people)
                    kept.append(move)
        self._relief[row, over] = kept
        return kept


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the rows in a set.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _merged(claims: Sequence[Claim]) -> dict:
    """Return one range per group and period; what says more is what counts.

    >>> people = frozenset((1, 2))
    >>> _merged([Claim(people, "q1", 0, 4), Claim(people, "q1", 1, 9)])
    {(frozenset({1, 2}), 'q1'): (1, 4)}
    """
    bounds = {}
    for claim in claims:
        about = (claim.members, claim.period)
        low, high = bounds.get(about, (claim.low, claim.high))
        bounds[about] = (max(low, claim.low), min(high, claim.high))
    return bounds
