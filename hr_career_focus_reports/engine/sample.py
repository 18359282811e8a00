"""An organisation of 60 people that a works council can follow by hand.

Production has 35 people: 22 on line A and 13 on line B. Office has 25. Thirteen people
started a traject in 2026.

>>> register = sixty_people()
>>> {unit.label: len(register.members_by_unit()[unit.id]) for unit in register.units}
{'Office': 25, 'Production': 35, 'Line A': 22, 'Line B': 13}
>>> {age: len(keys) for age, keys in sorted(register.members_by_trait("age").items())}
{'35_44': 10, '45_54': 19, '55_plus': 17, 'under_35': 14}
>>> len(register.participants(thirteen_starts(), "year"))
13
"""

from datetime import date

from .register import Person, Register, Unit

YEAR = 2026

OFFICE, PRODUCTION, LINE_A, LINE_B = 1, 2, 3, 4
UNITS = (
    Unit(OFFICE, 0, "Office"),
    Unit(PRODUCTION, 0, "Production"),
    Unit(LINE_A, PRODUCTION, "Line A"),
    Unit(LINE_B, PRODUCTION, "Line B"),
)


def sixty_people() -> Register:
    """Return the register of the worked organisation."""
    return Register(
        YEAR,
        UNITS,
        tuple(
            Person(
                key,
                unit=_nth(key, (22, LINE_A), (13, LINE_B), (25, OFFICE)),
                age=_nth(
                    key,
                    (14, "under_35"),
                    (10, "35_44"),
                    (19, "45_54"),
                    (17, "55_plus"),
                ),
                education=_nth(
                    key,
                    (30, "graduate"),
                    (18, "bachelor"),
                    (10, "master"),
                    (2, "doctor"),
                ),
                contract=_nth(key, (54, "permanent"), (6, "fixed_term")),
                gender=_nth(key, (32, "female"), (26, "male"), (2, "other")),
            )
            for key in range(1, 61)
        ),
    )


def thirteen_starts() -> dict[int, date]:
    """Return who of the sixty started in 2026, and in which month."""
    return {key: date(YEAR, 1 + key % 12, 1) for key in range(4, 60, 4) if key != 32}


def people(number: int) -> Register:
    """Return a company of `number` people without units or traits."""
    return Register(YEAR, (), tuple(Person(key) for key in range(number)))


def _nth(key: int, *shares: tuple[int, str | int]):
    """Return the value of the share in which the `key`-th person falls."""
    for size, value in shares:
        if key <= size:
            return value
        key -= size
    raise ValueError("The shares do not add up to the organisation.")
