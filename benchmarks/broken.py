"""What the attacks find when a rule is broken: the mutants of the test suite, counted.

>>> len(COUNTED)
9
"""

import attacks


def exact_counts(size):
    """Return of how many people something is certain, in three companies."""
    mutants, parameters = _load()
    found = 0
    for seed in range(3):
        register, starts = mutants.company(size, 0.03, seed)
        said = mutants.without_proof(register, starts, parameters.Parameters(base=1))
        found += mutants.certain(register, said)
    return f"{found:,} of {3 * size:,} people are certain"


def base_of_three(size):
    """Return how often somebody who knows two learns of a third."""
    mutants, parameters = _load()
    found = 0
    for seed in range(3):
        register, starts = mutants.company(size, 0.03, seed)
        said = mutants.without_proof(register, starts, parameters.Parameters(base=3))
        found += len(mutants.told_to_insiders(register, starts, said, 100))
    return f"in {found} of 300 looks, somebody who knows two is certain of a third"


def a_threshold(size, zeros):
    """Return what follows from a dashboard that hides numbers below five."""
    mutants, _parameters = _load()
    register, starts = mutants.company(size)
    said = mutants.threshold(register, starts, zeros=zeros)
    hidden = [
        name
        for name, (members, period) in mutants.naive_cells(register).items()
        if 0 < len(members & register.participants(starts, period)) < 5
    ]
    found = mutants.ranges(register, said)
    told = sum(mutants.is_told(*found[name]) for name in hidden)
    people = mutants.certain(register, said)
    return (
        f"{told} of {len(hidden)} hidden numbers follow, "
        f"and {people} of {size} people are certain"
    )


def the_draw_on_tiny_groups():
    """Return in how many draws somebody of the bank is certain."""
    mutants, _parameters = _load()
    register, starts = mutants.PUBLIC["bank"]()
    found = [
        mutants.certain(
            register, mutants.rounded_everywhere(register, starts, b"bank %d" % seed)
        )
        for seed in range(20)
    ]
    return (
        f"in {sum(map(bool, found))} of 20 draws somebody is certain, "
        f"{max(found)} people at most"
    )


def counted_anew(size):
    """Return how many newcomers are the only one who fits what changed."""
    mutants, _parameters = _load()
    register, starts = mutants.company(size)
    newcomers = sorted(register.keys - starts.keys())[:60]
    unique = sum(
        mutants.newcomer_is_unique(register, starts, person) for person in newcomers
    )
    return f"{unique} of 60 newcomers are found"


def _load():
    return attacks.load("tests.test_attack_mutants", "engine.parameters")


COUNTED = (
    ("Exact numbers for groups of 20 and more, 120 people", exact_counts, 120),
    ("Exact numbers for groups of 20 and more, 500 people", exact_counts, 500),
    ("Multiples of 3 instead of 5, 120 people", base_of_three, 120),
    ("Multiples of 3 instead of 5, 250 people", base_of_three, 250),
    ("A dashboard that hides 1 to 4, 250 people", a_threshold, 250, True),
    ("A dashboard that hides 0 to 4, 250 people", a_threshold, 250, False),
    ("The draw on every cell of a dashboard of a real bank", the_draw_on_tiny_groups),
    ("Figures counted anew at every look, 250 people", counted_anew, 250),
    ("Figures counted anew at every look, 500 people", counted_anew, 500),
)


def rows():
    """Return per broken rule what was found."""
    return [(name, count(*details)) for name, count, *details in COUNTED]
