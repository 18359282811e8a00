"""Which agreements come as a template, and that they say no more than was seen."""

from datetime import date
from decimal import Decimal

import pytest

from ..engine import values as v
from ..presets import read, shipped, template, write
from ..presets.templates import FOLDER

#: Row of the survey of agreements -> its file, or why there is none.
SURVEY = {
    "Omroeppersoneel": "nl_omroep",
    "Gehandicaptenzorg": "nl_gehandicaptenzorg",
    "Gemeenten": "nl_gemeenten",
    "Waterschappen": "nl_waterschappen",
    "Provincies": "nl_provincies",
    "Rijk": "nl_rijk",
    "Nederlandse Universiteiten": "nl_universiteiten",
    "Banken": "nl_banken",
    "Woondiensten": "nl_woondiensten",
    "Sociaal Werk": "nl_sociaal_werk",
    "Primair onderwijs": "nl_primair_onderwijs",
    "Voortgezet onderwijs": "nl_voortgezet_onderwijs",
    "Levensmiddelen": "nl_levensmiddelen",
    "Metaal en Techniek": "nl_metaal_en_techniek",
    "Elektrotechnische detailhandel": "nl_elektrotechnische_detailhandel",
    "PSC 149.01": "be_psc_149_01",
    "Metaalbouw": "be_metaalbouw",
}
NOT_SHIPPED = {
    "Onderzoekinstellingen": "a share of the wage sum, nobody's own right",
    "GGZ": "a career right was not found",
    "Ziekenhuizen": "a career right was not found",
    "Metalektro": "not verified",
    "VVT": "not verified",
    "UMC": "not verified",
    "HBO": "not verified",
    "MBO": "not verified",
    "Arbeidsdeal": "no career right",
}

#: (file, code) -> what the right says, in the fields that matter for it.
SAYS = {
    ("nl_omroep", "career-guidance"): {
        "unit": v.AMOUNT,
        "quantity": 1000,
        "interval": v.ROLLING_START,
        "interval_months": 60,
        "article": "",
    },
    ("nl_gehandicaptenzorg", "career-advice"): {
        "unit": v.TRAJECTS,
        "interval": v.ROLLING_START,
        "interval_months": 36,
        "article": "10:7",
    },
    ("nl_gemeenten", "career-advice"): {
        "interval_months": 36,
        "coach_choice": v.BY_EMPLOYER,
    },
    ("nl_waterschappen", "personal-budget"): {
        "quantity": 6000,
        "interval": v.CALENDAR_BLOCK,
        "interval_months": 60,
        "block_origin": date(2021, 1, 1),
    },
    ("nl_provincies", "development-budget"): {
        "quantity": 5000,
        "interval": "",
        "interval_months": 60,
    },
    ("nl_rijk", "career-scan"): {"unit": v.SCANS, "interval_months": 60},
    ("nl_rijk", "traject-subsidy"): {
        "quantity": 1500,
        "payer": v.PAID_BY_FUND,
        "interval": v.ROLLING_START,
        "interval_months": 60,
        "min_service_months": 36,
    },
    ("nl_universiteiten", "career-advice"): {
        "interval": v.ONCE,
        "contract_types": v.FIXED_TERM,
        "min_term_months": 24,
        "article": "6.5",
    },
    ("nl_banken", "scan"): {
        "unit": v.SCANS,
        "interval": "",
        "interval_months": None,
        "consultation": v.CONSULT,
        "coach_choice": v.BY_EMPLOYEE,
        "article": "4.9",
    },
    ("nl_woondiensten", "career-budget"): {
        "quantity": 900,
        "interval": v.ACCRUAL,
        "interval_months": 12,
        "cap": 4500,
        "advance_periods": 3,
        "prorate_fte": True,
        "full_time_hours": 36,
        "prorate_part": True,
        "contract_types": "all",
        "excluded": (),
        "block_origin": date(2022, 1, 1),
    },
    ("nl_sociaal_werk", "career-amount"): {
        "quantity": Decimal("1.5"),
        "basis": v.SALARY_PERCENT,
        "interval_months": 1,
        "saving_months": 60,
        "consultation": v.CONSULT,
        "excluded": (v.STUDENT, v.SUBSIDISED),
        "article": "3.3",
    },
    ("nl_primair_onderwijs", "employability-hours"): {
        "unit": v.HOURS,
        "quantity": 40,
        "saving_months": 36,
        "prorate_fte": True,
        "prorate_part": True,
    },
    ("nl_primair_onderwijs", "starter-hours"): {
        "quantity": 40,
        "saving_months": 12,
        "prorate_fte": True,
        "max_service_months": 36,
    },
    ("nl_primair_onderwijs", "senior-hours"): {
        "quantity": 130,
        "saving_months": 60,
        "prorate_fte": True,
        "min_age": 57,
    },
    ("nl_voortgezet_onderwijs", "personal-hours"): {
        "unit": v.HOURS,
        "quantity": 90,
        "interval": "",
        "prorate_fte": True,
    },
    ("nl_levensmiddelen", "career-scan"): {"unit": v.SCANS, "interval_months": 24},
    ("nl_metaal_en_techniek", "voucher"): {"unit": v.VOUCHERS, "interval": ""},
    ("nl_elektrotechnische_detailhandel", "learning-budget"): {
        "quantity": Decimal("14.58"),
        "interval": v.ACCRUAL,
        "interval_months": 1,
        "consultation": v.CONSULT,
        "saving_months": 36,
        "min_hours": 15,
        "hours_exclusive": True,
    },
    ("be_psc_149_01", "career-talk"): {
        "unit": v.SESSIONS,
        "interval": v.EMPLOYMENT_YEARS,
        "interval_months": 60,
    },
    ("be_psc_149_01", "fund-refund"): {
        "quantity": 80,
        "payer": v.OWN_CLAIM,
        "interval": "",
        "interval_months": 72,
    },
    ("be_metaalbouw", "training-credit"): {"unit": v.DAYS, "quantity": 1, "cap": 5},
}

#: (file, version, code) -> what an earlier text of the same right said.
SAID = {
    ("nl_waterschappen", "t/m 2020", "personal-budget"): {
        "quantity": 5000,
        "interval": v.CALENDAR_BLOCK,
        "interval_months": 60,
    },
    ("nl_sociaal_werk", "t/m april 2022", "career-amount"): {
        "quantity": Decimal("1.5"),
        "basis": v.SALARY_PERCENT,
        "interval_months": 1,
        "saving_months": 36,
    },
    ("nl_elektrotechnische_detailhandel", "2018-2023", "learning-budget"): {
        "quantity": 150,
        "interval": v.ACCRUAL,
        "interval_months": 12,
        "saving_months": 36,
    },
}

#: Templates that cannot be checked before somebody looks something up.
INCOMPLETE = {
    "nl_waterschappen": {"block_origin"},
    "nl_provincies": {"interval"},
    "nl_banken": {"interval"},
    "nl_voortgezet_onderwijs": {"interval"},
    "nl_metaal_en_techniek": {"interval"},
    "be_psc_149_01": {"interval"},
}

#: The few pages that say from when to when their text holds: version, first, last day.
HOLDS = {
    "nl_waterschappen": [
        ("t/m 2020", None, date(2020, 12, 31)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
    "nl_sociaal_werk": [
        ("t/m april 2022", None, date(2022, 4, 30)),
        ("2022", date(2022, 5, 1), None),
    ],
    "nl_elektrotechnische_detailhandel": [
        ("2018-2023", date(2018, 7, 1), date(2023, 12, 31)),
        ("2024", date(2024, 1, 1), None),
    ],
    "be_metaalbouw": [("2018", date(2018, 1, 1), None)],
}

every_template = pytest.mark.parametrize(
    "one", shipped(), ids=[one.name for one in shipped()]
)


def test_these_and_no_others():
    assert {one.name for one in shipped()} == set(SURVEY.values())
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{name}.csv" for name in SURVEY.values()
    }
    names = " ".join(one.agreement.agreement for one in shipped()).lower()
    for row in SURVEY:
        assert row.lower() in names
    for row in NOT_SHIPPED:
        assert row.lower() not in names.split()


def test_every_right_is_in_the_table():
    rights = {(one.name, r.code) for one in shipped() for r in one.agreement.rights}
    assert rights == set(SAYS)


@pytest.mark.parametrize(("name", "code"), SAYS)
def test_a_right_says_what_was_seen(name, code):
    rights = template(name).agreement.versions[-1].rights
    (right,) = (each for each in rights if each.code == code)
    assert {key: getattr(right, key) for key in SAYS[name, code]} == SAYS[name, code]


@pytest.mark.parametrize(("name", "version", "code"), SAID)
def test_an_earlier_text_says_what_was_seen(name, version, code):
    texts = {text.version: text for text in template(name).agreement.versions}
    (right,) = (each for each in texts[version].rights if each.code == code)
    said = SAID[name, version, code]
    assert {key: getattr(right, key) for key in said} == said


@every_template
def test_what_was_not_seen_is_missing(one):
    missing = {key for right in one.agreement.rights for key in right.missing}
    assert missing == INCOMPLETE.get(one.name, set())


@every_template
def test_nothing_is_invented(one):
    """Few pages give a period of validity; every page was read on one day."""
    texts = one.agreement.versions
    found = [(text.version, text.valid_from, text.valid_to) for text in texts]
    assert found == HOLDS.get(one.name, [(texts[0].version, None, None)])
    for text in texts:
        assert text.source_seen_on == date(2026, 11, 21)
        assert text.source.startswith(("https://", "http://"))
    assert one.agreement.country == one.name[:2].upper()


@every_template
def test_hr_reads_what_to_look_up_and_employees_read_dutch(one):
    assert one.agreement.sector_nl
    for text in one.agreement.versions:
        assert text.note.startswith("Seen on 21 November 2026, in ")
        assert "Not seen" in text.note
        assert "Compare every line" in text.note
        assert text.note_nl.startswith("Gezien op 21 november 2026, in ")
        assert "Niet gezien" in text.note_nl
        assert "Vergelijk elke regel" in text.note_nl
    for right in one.agreement.rights:
        assert right.description
        assert right.name_nl
        assert right.description_nl
        employees_read = f"{right.name} {right.description} {right.description_nl}"
        words = set(employees_read.lower().replace(".", " ").split())
        assert not words & {"exit", "ontslag", "uitstroom", "loopbaancheque"}


@every_template
def test_files_are_as_the_export_writes_them(one):
    sheet = read(one.data)
    assert not sheet.errors
    assert write(sheet.agreements) == one.data
