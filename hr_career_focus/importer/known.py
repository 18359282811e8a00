"""What the database holds already, as plain values: the other side of the comparison.

Names are compared without capitals; ``same`` is the one way to do so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

#: Words for the two contract types every file has, in the languages of the field.
CONTRACT_WORDS = {
    "permanent": ("vast", "onbepaalde tijd", "onbepaalde duur"),
    "temporary": ("tijdelijk", "bepaalde tijd", "bepaalde duur", "fixed-term"),
}


def same(name):
    """A name, or a path of names, as it is compared.

    >>> same("Nieuws"), same(("Radio", "NIEUWS"))
    ('nieuws', ('radio', 'nieuws'))
    """
    if isinstance(name, tuple):
        return tuple(map(same, name))
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class KnownVersion:
    """One dated version of an employee: ``values`` by key, comparable by ``same``."""

    id: int
    since: date
    values: Mapping


@dataclass(frozen=True)
class KnownEmployee:
    """One employee; ``versions`` oldest first, ``current`` the one in force."""

    id: int
    identity: Mapping
    manager: int | None = None
    versions: tuple[KnownVersion, ...] = ()
    current: int | None = None
    active: bool = True


@dataclass(frozen=True)
class Known:
    """All a plan is compared with.

    ``employees`` by number; ``by_email`` gives employees without a number by their
    address (a list: two may share one); the other mappings give ids by ``same(name)``.
    ``managers`` is the whole company's line of command, employee id → manager id.
    """

    employees: Mapping = field(default_factory=dict)
    by_email: Mapping = field(default_factory=dict)
    departments: Mapping = field(default_factory=dict)
    jobs: Mapping = field(default_factory=dict)
    contract_types: Mapping = field(default_factory=dict)
    agreements: Mapping = field(default_factory=dict)
    agreement_names: tuple[str, ...] = ()
    contract_type_names: tuple[str, ...] = ()
    managers: Mapping = field(default_factory=dict)
    full_time: Decimal = Decimal(40)
    has_default_agreement: bool = False

    def contract_type(self, name):
        """The id of the contract type with this name, in English or Dutch; or None."""
        wanted = same(name)
        for english, words in CONTRACT_WORDS.items():
            if wanted in words:
                wanted = wanted if wanted in self.contract_types else english
        return self.contract_types.get(wanted)

    def agreement(self, name):
        """The id of the agreement with this name, or None."""
        return self.agreements.get(same(name))
