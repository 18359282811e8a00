"""Who works at Omroep De Waal and the Vlaamse Zorggroep: files for the import.

Pure Python. Names, ages and dates come from counters, so that every demo database tells
the same story, and move along with the calendar: somebody who is 44 stays 44.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date

HEADER = (
    "Employee number",
    "Name",
    "Work e-mail",
    "Birth date",
    "Gender",
    "Education",
    "Department",
    "Manager number",
    "Job title",
    "Contract start",
    "Contract end",
    "Contract type",
    "Hours a week",
    "Agreement",
)


@dataclass(frozen=True)
class Unit:
    """A department: its path, its jobs with how many hold them, the head's job.

    ``head`` is the job of the first person; units without one are led by the unit
    above.
    """

    path: tuple[str, ...]
    jobs: tuple[tuple[str, int], ...]
    head: str = ""


@dataclass(frozen=True)
class Employer:
    """One company of the demo: its staff is a list of units, top first."""

    prefix: str
    domain: str
    agreement: str
    full_time: int
    units: tuple[Unit, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


def _names(text):
    return tuple(text.split())


OMROEP = Employer(
    prefix="W",
    domain="omroepdewaal.example",
    agreement="CAO Omroeppersoneel",
    full_time=36,
    units=(
        Unit(("Directie",), (("Directiesecretaris", 2),), "Algemeen directeur"),
        Unit(("Radio",), (), "Hoofd radio"),
        Unit(
            ("Radio", "Nieuws en actualiteit"),
            (("Redacteur", 12), ("Verslaggever", 9), ("Eindredacteur", 3)),
            "Chef nieuws",
        ),
        Unit(
            ("Radio", "Muziek en cultuur"),
            (("Samensteller", 9), ("Presentator", 7), ("Producer", 6)),
            "Chef muziek",
        ),
        Unit(("Radio", "Podcast"), (("Podcastmaker", 5),), "Chef podcast"),
        Unit(("Televisie",), (), "Hoofd televisie"),
        Unit(
            ("Televisie", "Talkshow"),
            (("Redacteur", 11), ("Regisseur", 4), ("Producer", 6)),
            "Eindredacteur talkshow",
        ),
        Unit(
            ("Televisie", "Documentaire"),
            (("Documentairemaker", 7), ("Researcher", 4)),
            "Chef documentaire",
        ),
        Unit(("Televisie", "Jeugd"), (("Programmamaker", 8),), "Chef jeugd"),
        Unit(
            ("Online",),
            (("Redacteur", 12), ("Vormgever", 6), ("Ontwikkelaar", 6)),
            "Hoofd online",
        ),
        Unit(("Bedrijfsvoering",), (), "Directeur bedrijfsvoering"),
        Unit(
            ("Bedrijfsvoering", "Techniek en facilitair"),
            (("Geluidstechnicus", 10), ("Cameratechnicus", 9), ("Facilitair", 7)),
            "Hoofd techniek",
        ),
        Unit(
            ("Bedrijfsvoering", "Financiën"),
            (("Controller", 2), ("Administrateur", 5)),
            "Hoofd financiën",
        ),
        Unit(
            ("Bedrijfsvoering", "HR"),
            (("HR-adviseur", 3), ("HR-medewerker", 1)),
            "Hoofd HR",
        ),
        Unit(
            ("Bedrijfsvoering", "Leren en ontwikkelen"),
            (("Opleidingsadviseur", 4),),
            "",
        ),
    ),
    women=_names(
        "Aniek Bente Chantal Dewi Esther Femke Gwen Hatice Ilse Jasmijn Kaouthar "
        "Lisette Marloes Naima Odette Priya Renske Saskia Tessa Wietske Yara Zohra"
    ),
    men=_names(
        "Abdel Bas Casper Dirk Erik Floris Gijs Hamza Ivar Jeroen Koen Lars Mohamed "
        "Niek Olivier Pim Rachid Sander Thijs Wessel Youssef"
    ),
    surnames=(
        "Aalbers",
        "van den Berg",
        "Bouzid",
        "Brouwer",
        "van Dam",
        "Dekker",
        "Demir",
        "van Dijk",
        "Evers",
        "de Graaf",
        "de Groot",
        "Haddad",
        "van der Heijden",
        "Huisman",
        "Jacobs",
        "de Jong",
        "Kuipers",
        "van Leeuwen",
        "Meijer",
        "Nguyen",
        "Oosterhuis",
        "Postma",
        "Ramdin",
        "Schouten",
        "van der Velde",
        "Verhoeven",
        "de Wit",
        "Zijlstra",
        "Özdemir",
    ),
)

ZORG = Employer(
    prefix="Z",
    domain="vlaamsezorggroep.example",
    agreement="Loopbaanregeling Vlaamse Zorggroep",
    full_time=38,
    units=(
        Unit(("Directie",), (("Stafmedewerker", 2),), "Algemeen directeur"),
        Unit(
            ("Woonzorg",),
            (("Verpleegkundige", 12), ("Zorgkundige", 14), ("Ergotherapeut", 3)),
            "Directeur woonzorg",
        ),
        Unit(
            ("Thuiszorg",),
            (("Verpleegkundige", 11), ("Verzorgende", 11)),
            "Directeur thuiszorg",
        ),
        Unit(
            ("Ondersteunende diensten",),
            (("Administratief medewerker", 4), ("Logistiek medewerker", 4)),
            "Directeur ondersteuning",
        ),
        Unit(
            ("Ondersteunende diensten", "Personeelsdienst"),
            (("Personeelsconsulent", 3),),
            "",
        ),
    ),
    women=_names(
        "Annelies Bieke Carmen Dorien Elke Fien Goedele Heleen Inge Jolien Kaat Lies "
        "Marijke Nathalie Sarah Tine Veerle Wendy"
    ),
    men=_names("Bert Dries Filip Geert Jef Kobe Maarten Pieter Stijn Wim"),
    surnames=(
        "Aerts",
        "Baert",
        "Claessens",
        "Coppens",
        "De Backer",
        "De Clercq",
        "Desmet",
        "Goossens",
        "Jacobs",
        "Lambrecht",
        "Maes",
        "Mertens",
        "Peeters",
        "Segers",
        "Van Damme",
        "Van den Bossche",
        "Verstraete",
        "Wouters",
        "Yildirim",
    ),
)

#: Their contract names no agreement, so the company's own counts.
NO_AGREEMENT = ("W0040", "Z0020")
#: They came along from elsewhere and nobody filled in since when they work here.
NO_START = ("W0045", "W0077")

EDUCATION = ("bachelor", "bachelor", "master", "graduate", "bachelor", "other")


def number(employer, index):
    """The employee number of the person at a place in the list."""
    return f"{employer.prefix}{index:04d}"


def _places(employer):
    """``(index, unit, job, is head)`` for everybody, top first."""
    index = 0
    for unit in employer.units:
        jobs = [job for job, count in unit.jobs for _each in range(count)]
        if unit.head:
            jobs.insert(0, unit.head)
        for place, job in enumerate(jobs):
            index += 1
            yield index, unit, job, bool(unit.head) and place == 0


def heads(employer):
    """``{department path: employee number of its head}``."""
    return {
        unit.path: number(employer, index)
        for index, unit, _job, is_head in _places(employer)
        if is_head
    }


def members(employer):
    """``{department path: employee numbers of who is no head}``."""
    found = {}
    for index, unit, _job, is_head in _places(employer):
        if not is_head:
            found.setdefault(unit.path, []).append(number(employer, index))
    return found


def _manager(employer, unit, is_head, bosses):
    """The head of the own unit; for a head, the nearest one above; at last the top."""
    top = number(employer, 1)
    paths = [unit.path[:depth] for depth in range(len(unit.path), 0, -1)]
    for path in paths[1:] if is_head else paths:
        if path in bosses:
            return bosses[path]
    return top


def _name(employer, index):
    """A name and the gender that goes with it; nobody has the same name."""
    is_woman = index % 9 in ((0, 2, 4, 5, 7) if employer is OMROEP else range(7))
    firsts = employer.women if is_woman else employer.men
    surnames = employer.surnames
    first = firsts[(index * 5 + index // len(firsts)) % len(firsts)]
    last = surnames[(index * 7 + index // 13) % len(surnames)]
    return f"{first} {last}", "f" if is_woman else "m"


def _contract(index, is_head, today):
    """Start, end and type: most have been there for years, some came this year."""
    year = today.year - 3 - ((index * 7) % 22) ** 2 // 21
    if not is_head and index % 19 == 0:
        year = today.year - 1 + (index % 2)
    start = date(year, (index * 5) % 12 + 1, 1)
    if start > today:
        start = date(today.year, 1, 1)
    if not is_head and index % 13 == 6:
        return start, date(today.year + 1, 12, 31), "Temporary"
    return start, None, "Permanent"


def rows(employer, cast, today):
    """The rows of the file of one employer.

    :param cast: ``{employee number: (name, e-mail, gender)}`` for who has a login
    """
    bosses = heads(employer)
    for index, unit, job, is_head in _places(employer):
        own = number(employer, index)
        name, gender = _name(employer, index)
        mail = f"{own.lower()}@{employer.domain}"
        if own in cast:
            name, mail, gender = cast[own]
        start, end, contract_type = _contract(index, is_head, today)
        tenure = today.year - start.year
        age = 22 + tenure + (index * 11) % (43 - tenure)
        born = date(today.year - age, index % 12 + 1, 9)
        hours = employer.full_time - (0 if is_head else (index % 4) * 4)
        boss = _manager(employer, unit, is_head, bosses)
        yield (
            own,
            name,
            mail,
            born.strftime("%d-%m-%Y"),
            gender,
            "master"
            if is_head
            else EDUCATION[(index * 7 + index // 5) % len(EDUCATION)],
            " / ".join(unit.path),
            boss if boss != own else "",
            job,
            "" if own in NO_START else start.strftime("%d-%m-%Y"),
            end.strftime("%d-%m-%Y") if end and own not in NO_START else "",
            contract_type,
            str(hours),
            "" if own in NO_AGREEMENT else employer.agreement,
        )


def staff_csv(employer, cast, today):
    """The staff of one employer as the bytes of a file for the import."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(rows(employer, cast, today))
    return out.getvalue().encode()
