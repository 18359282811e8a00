"""A1: the attacker finds what is known to be there.

Tables that others published as examples of a hidden figure that can be recalculated:
``test-simpleheuristic.R`` and ``test-linked-tables.r`` of R's sdcTable. "Found nothing"
means something only of an attacker who finds these.
"""

import pytest

from .attacker import Attacker, Certain, Contradiction, Statement, System

ROWS = {
    "w": (30, 47, 64, 89),
    "x": (90, 124, 5, 31),
    "y": (92, 100, 59, 85),
    "z": (800, 991, 651, 685),
}
HIDDEN = "wa wb wc xa xc yb yd zb zd"
UNLIMITED = 10_000


def range_in_table(hidden, wanted):
    """The range of a hidden cell of the table of four by four with its totals."""
    names = [row + column for row in ROWS for column in "abcd"]
    value = {
        row + column: count
        for row, counts in ROWS.items()
        for column, count in zip("abcd", counts, strict=True)
    }
    lines = [[one for one in names if one[0] == row] for row in ROWS]
    lines += [[one for one in names if one[1] == column] for column in "abcd"]
    lines += [[one] for one in names if one not in hidden.split()]
    totals = [sum(value[one] for one in line) for line in lines]
    matrix = [[one in line for one in names] for line in lines]
    system = System(matrix, totals, totals, [UNLIMITED] * len(names))
    return system.range_of([one == wanted for one in names])


def test_two_hidden_figures_in_each_line_are_not_enough():
    assert range_in_table(HIDDEN, "wb") == (47, 47)


def test_one_more_hidden_figure_protects_it():
    assert range_in_table(HIDDEN + " xd", "wb") == (0, 78)


@pytest.mark.parametrize(("is_hidden", "found"), [(False, (3, 3)), (True, (0, 10))])
def test_linked_tables_give_away_what_each_of_them_hides(is_hidden, found):
    """K and N, L and M are hidden in one table each; L + M is a figure of the other."""
    names = "ABIJKLMN"
    sums = {"ABIJ": 20, "KLMN": 16, "LM": 6, "I": 8, "J": 8}
    if not is_hidden:
        sums["N"] = 7
    matrix = [[name in group for name in names] for group in sums]
    system = System(matrix, [*sums.values()], [*sums.values()], [UNLIMITED] * 8)
    assert system.range_of([name == "K" for name in names]) == found


def test_linked_tables_alone_are_safe():
    """Without the sum of L and M nothing follows about K."""
    names = "KLMN"
    system = System([[1, 1, 1, 1], [0, 0, 0, 1]], [16, 7], [16, 7], [UNLIMITED] * 4)
    assert system.range_of([name == "K" for name in names]) == (0, 9)


TEAMS = {"A": range(60), "B": range(60, 98), "C": range(98, 120)}


def test_the_rest_of_a_department():
    """Production 11, two of its teams 6 and 5: nobody of the third took part."""
    everybody = frozenset(range(120))
    figures = ((everybody, 11), (frozenset(TEAMS["A"]), 6), (frozenset(TEAMS["C"]), 5))
    rows = [Statement(members, "year", count, count) for members, count in figures]
    assert Attacker(everybody, rows).certain() == Certain(
        frozenset(), frozenset(TEAMS["B"])
    )
    hidden = [*rows[:2], Statement(frozenset(TEAMS["C"]), "year", 0, 9)]
    assert Attacker(everybody, hidden).certain() == Certain(frozenset(), frozenset())


def test_the_one_who_is_in_two_high_groups():
    """Two groups of 10 and more with one common member, and 19 at most together."""
    everybody = frozenset(range(60))
    older, team = frozenset(range(21)), frozenset(range(20, 41))
    rows = [
        Statement(everybody, "year", 15, 19),
        Statement(older, "year", 10, 21),
        Statement(team, "year", 10, 21),
    ]
    assert Attacker(everybody, rows).certain().took_part == {20}
    rows[0] = Statement(everybody, "year", 15, 20)
    assert Attacker(everybody, rows).certain().people == frozenset()


def test_two_trees_over_one_period():
    """A team of seven moved: the difference of two tables is the team."""
    sales, support = frozenset(range(40)), frozenset(range(40, 80))
    team = frozenset(range(7))
    rows = [
        Statement(sales, "q1", 9, 9),
        Statement(sales - team, "q1", 7, 7),
        Statement(support, "q1", 0, 4),
    ]
    attacker = Attacker(sales | support, rows, cells=[(team, "q1"), (team, "year")])
    assert attacker.range_of(team, "q1") == (2, 2)
    assert attacker.range_of(team) == (2, 7)
    rows[1] = Statement(sales - team, "q1", 6, 14)
    attacker = Attacker(sales | support, rows, cells=[(team, "q1"), (team, "year")])
    assert attacker.range_of(team, "q1") == (0, 3)


def test_quarters_and_year_together():
    """The year says five at least, three quarters nobody: the fourth did it all."""
    everybody = frozenset(range(5))
    rows = [Statement(everybody, "year", 5, 5)]
    rows += [Statement(everybody, quarter, 0, 0) for quarter in ("q1", "q2", "q3")]
    assert Attacker(everybody, rows).certain().took_part == everybody
    with pytest.raises(Contradiction):
        Attacker(everybody, [*rows, Statement(everybody, "q4", 0, 4)]).certain()


def test_two_who_know_each_other():
    """Fourteen at most in a group of which fourteen are known."""
    everybody = frozenset(range(30))
    rows = [Statement(everybody, "year", 0, 2)]
    attacker = Attacker(everybody, rows)
    assert attacker.certain().people == frozenset()
    assert attacker.knowing({0: "q1"}).certain().people == frozenset()
    found = attacker.knowing({0: "q1", 1: "q4"}).certain()
    assert found == Certain(frozenset(), everybody - {0, 1})
    assert attacker.knowing({0: None, 1: "q4"}).certain().people == frozenset()
