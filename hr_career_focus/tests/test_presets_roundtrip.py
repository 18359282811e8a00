"""What is written reads back as the same; nothing in it runs in a spreadsheet."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ..engine import values as v
from ..importer.known import same
from ..presets import read, write
from ..presets.cells import guarded, prose, tidy
from ..presets.columns import COLUMNS
from ..presets.values import Agreement, Right, Text
from ..presets.writing import tidied

LETTERS = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), include_characters=" \n'=+-@\";,\t"
)
PROSE = st.text(LETTERS, max_size=30).map(tidy)
LINE = PROSE.map(lambda text: " ".join(text.split()))
NAME = LINE.filter(bool)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 1200)
AMOUNTS = st.decimals("0.01", "9999", places=2)
HOURS = st.decimals("0.5", "60", places=1)


def maybe(strategy):
    """The strategy, or nothing."""
    return st.none() | strategy


@st.composite
def rights(draw, code, company_rules):
    """A right with any kind of unit, basis and interval."""
    basis = draw(st.sampled_from(v.BASES))
    unit = {v.SALARY_PERCENT: v.AMOUNT, v.HOURS_PERCENT: v.HOURS}.get(basis)
    unit = unit or draw(st.sampled_from(v.UNITS))
    kinds = ("", *v.INTERVAL_KINDS) if basis == v.FIXED else ("", v.ACCRUAL)
    whole = st.integers(1, 999).map(Decimal)
    quantity = whole if unit in v.COUNTED else AMOUNTS
    shortest = draw(maybe(st.integers(1, 60)))
    improves = company_rules and draw(st.booleans())
    right = Right(
        code=code,
        name=draw(NAME),
        unit=unit,
        quantity=draw(quantity if basis == v.FIXED else st.just(Decimal("1.5"))),
        name_nl=draw(LINE),
        name_nl_be=draw(LINE),
        description=draw(PROSE),
        description_nl=draw(PROSE),
        description_nl_be=draw(PROSE),
        article=draw(LINE),
        basis=basis,
        currency=draw(st.sampled_from(("EUR", "USD"))),
        interval=draw(st.sampled_from(kinds)),
        interval_months=draw(maybe(MONTHS)),
        block_origin=draw(maybe(DAYS)),
        accrual_timing=draw(st.sampled_from(v.TIMINGS)),
        cap=draw(maybe(AMOUNTS)),
        saving_months=draw(maybe(MONTHS)),
        advance_periods=draw(maybe(st.integers(1, 9))),
        prorate_fte=draw(st.booleans()),
        full_time_hours=draw(maybe(HOURS)),
        prorate_part=draw(st.booleans()),
        contract_types=draw(st.sampled_from(("all", *v.CONTRACT_TYPES))),
        min_term_months=draw(maybe(MONTHS)),
        min_hours=draw(maybe(HOURS)),
        hours_exclusive=draw(st.booleans()),
        min_service_months=shortest,
        max_service_months=draw(maybe(st.integers(61, 999))),
        min_age=draw(maybe(st.integers(1, 70))),
        excluded=tuple(
            each
            for each in v.CATEGORIES
            if each in draw(st.frozensets(st.sampled_from(v.CATEGORIES)))
        )
        if draw(st.booleans())
        else (),
        improves_agreement=draw(NAME) if improves else "",
        improves_code="other" if improves else "",
        coach_choice=draw(st.sampled_from(v.COACH_CHOICES)),
        consultation=draw(st.sampled_from(v.CONSULTATIONS)),
        payer=draw(st.sampled_from(v.PAYERS)),
        exit=draw(st.sampled_from(v.EXITS)),
        output=draw(st.sampled_from(v.OUTPUTS)),
        right_valid_from=draw(maybe(st.just(date(2026, 1, 1)))),
        right_valid_to=draw(maybe(st.just(date(2027, 1, 1)))),
    )
    return tidied(right)


@st.composite
def agreements(draw):
    """One to three agreements, each with one to three versions."""
    names = draw(st.lists(NAME, min_size=1, max_size=3, unique_by=same))
    made = []
    for name in names:
        company_rules = draw(st.booleans())
        versions = draw(st.lists(NAME, min_size=1, max_size=3, unique_by=same))
        texts = []
        for version in versions:
            codes = draw(st.sets(st.sampled_from(("a", "b-1", "=c", "Art. 7"))))
            begins, ends = draw(maybe(DAYS)), draw(maybe(DAYS))
            assume(not begins or not ends or begins <= ends)
            texts.append(
                Text(
                    version=version,
                    valid_from=begins,
                    valid_to=ends,
                    after_effect=draw(st.booleans()),
                    source=draw(LINE),
                    source_seen_on=draw(maybe(DAYS)),
                    note=draw(PROSE),
                    note_nl=draw(PROSE),
                    note_nl_be=draw(PROSE),
                    rights=tuple(
                        draw(rights(code, company_rules)) for code in sorted(codes)
                    ),
                )
            )
        made.append(
            Agreement(
                agreement=name,
                country=draw(st.sampled_from(("", "NL", "BE"))),
                sector=draw(LINE),
                sector_nl=draw(LINE),
                sector_nl_be=draw(LINE),
                reference=draw(LINE),
                company_rules=company_rules,
                versions=tuple(texts),
            )
        )
    return tuple(map(tidied, made))


@settings(max_examples=60)
@given(agreements(), st.sampled_from(",;\t"))
def test_what_is_written_reads_back(made, mark):
    sheet = read(write(made, mark))
    assert sheet.errors == ()
    assert sheet.agreements == made


@settings(max_examples=60)
@given(agreements())
def test_no_cell_runs_in_a_spreadsheet(made):
    text = write(made).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert len(row) == len(COLUMNS)
        assert not [c for c in row if c.lstrip().startswith(("=", "+", "-", "@"))]


@given(st.text(LETTERS, max_size=20).map(tidy).filter(bool))
def test_a_guard_goes_as_it_came(text):
    assert prose(guarded(text)) == text


@settings(max_examples=100)
@given(st.data())
def test_a_complete_right_is_one_the_engine_takes(data):
    """Whatever the reader lets through, the engine can count with."""
    right = data.draw(rights("a", company_rules=False))
    (made,) = read(
        write([Agreement("CAO", versions=(Text("1", rights=(right,)),))])
    ).agreements
    (right,) = made.rights
    assume(not right.missing)
    types = () if right.contract_types == "all" else (right.contract_types,)
    v.Rule(
        key="1/a",
        agreement=v.Agreement("1"),
        quantity=right.quantity,
        unit=right.unit,
        basis=right.basis,
        currency=right.currency or None,
        interval=v.Interval(
            right.interval,
            right.interval_months or 1,
            right.block_origin,
            right.accrual_timing,
            right.cap,
            right.saving_months,
            right.advance_periods or 0,
        ),
        eligibility=v.Eligibility(
            right.min_service_months or 0,
            right.max_service_months,
            frozenset(types),
            right.min_term_months or 0,
            right.min_hours,
            right.hours_exclusive,
            right.min_age,
            frozenset(right.excluded),
        ),
        full_time_hours=right.full_time_hours,
        coach_choice=right.coach_choice,
        consultation=right.consultation,
        payer=right.payer,
        exit=right.exit,
        output=right.output,
    )


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data):
    read(data)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_no_cells_make_it_raise(rows):
    head = ["agreement", "code", "name", "unit", "quantity", "interval"]
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    sheet = read(out.getvalue().encode())
    assert not (sheet.errors and sheet.agreements)


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''=1", "'quoted'", "- a list"])
def test_texts_that_look_like_formulas(text):
    right = Right("a", text, "scans", Decimal(1))
    data = write([Agreement("CAO", versions=(Text(rights=(right,)),))])
    assert read(data).agreements[0].rights[0].name == text
