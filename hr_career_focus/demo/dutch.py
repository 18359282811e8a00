"""What the employers of the demo wrote themselves, for readers in Dutch."""

MODULE = "hr_career_focus"

PURPOSE = {
    "nl_NL": "Career Focus is er voor jou: om te ontdekken wat je wilt in je werk, en "
    "hoe je daar komt. Jij beslist of, wanneer en met wie. We gebruiken het nooit om "
    "je te beoordelen, om te bepalen wie er weggaat of om over je contract te "
    "beslissen. Je leidinggevende en HR zien niet dat je iets aanvraagt.",
    "nl_BE": "Career Focus is er voor jou: om te ontdekken wat je wil in je werk, en "
    "hoe je daar komt. Jij beslist of, wanneer en met wie. We gebruiken het nooit om "
    "je te evalueren, om te bepalen wie er weggaat of om over je contract te "
    "beslissen. Je leidinggevende en HR zien niet dat je iets aanvraagt.",
}
SCOPE = (
    "Beantwoordt aanvragen voor loopbaanbegeleiding en zoekt er een coach bij. Ziet "
    "niet wat medewerkers en coaches elkaar schrijven. Brengt aan niemand verslag uit "
    "over personen."
)
APPOINTED_BY = {
    "willem": "De directie, met instemming van de ondernemingsraad",
    "goedele": "De directie, na advies van de ondernemingsraad",
}
COACHES = {
    "joris": {
        "introduction": "Twintig jaar met mensen die dingen maken: journalisten, "
        "redacteuren, makers. We beginnen met wat je energie geeft en gaan dan snel "
        "naar buiten om te kijken.",
        "other_assignments": "Geen",
    },
    "sofie": {
        "introduction": "Ik ken het huis en de makers van binnenuit. Wat je mij "
        "vertelt, blijft bij mij.",
        "other_assignments": "Geeft de training voor nieuwe presentatoren.",
    },
    "mieke": {"other_assignments": "Geen"},
}
HOUSE_RULE = {
    "name": "Loopbaanbegeleiding",
    "description": "Om de zes jaar kan je acht uur naar een coach die je zelf kiest, "
    "tijdens de werkuren. Je werkgever betaalt.",
}
BUDGET_NAME = "Ander werk binnen de omroep {year}"
DRAFT_NOTE = "Nog niet ondertekend: de ondernemingsraad beslist in december."
DRAFT_RULE = (
    "Om de vijf jaar kan je tien uur naar een coach die je zelf kiest, tijdens de "
    "werkuren. Je werkgever betaalt."
)


def _sayer(env):
    """What adds Dutch texts to a record, in those languages that the database has."""
    codes = {code for code, _name in env["res.lang"].get_installed()} & set(PURPOSE)

    def say(record, name, text):
        texts = {code: text[code] if isinstance(text, dict) else text for code in codes}
        if texts:
            record.update_field_translations(name, texts)

    return say


def budgets_in_dutch(env, budget, year):
    """Name the budget of a year in Dutch too."""
    _sayer(env)(budget, "name", BUDGET_NAME.format(year=year))


def appoint_in_dutch(env, places):
    """Say what the desk does in Dutch too, before somebody confirms it."""
    say = _sayer(env)
    for login, text in APPOINTED_BY.items():
        mandate = env["hr.career.mandate"].search(
            [("user_id", "=", places.users[login].id)], limit=1
        )
        say(mandate, "scope", SCOPE)
        say(mandate, "appointed_by", text)


def speak_dutch(env, places):
    """Add the other Dutch texts."""
    say = _sayer(env)
    for company in places.companies.values():
        say(company, "career_purpose", PURPOSE)
    for login, card in COACHES.items():
        for name, text in card.items():
            say(places.coaches[login], name, text)
    rule = env.ref(f"{MODULE}.entitlement_rule_zorg_demo")
    for name, text in HOUSE_RULE.items():
        say(rule, name, text)
    agreement = env.ref(f"{MODULE}.agreement_zorg_demo")
    for other in agreement.version_ids.rule_ids - rule:
        say(other, "name", HOUSE_RULE["name"])
    draft = env.ref(f"{MODULE}.agreement_version_zorg_draft_demo")
    say(draft, "note", DRAFT_NOTE)
    say(draft.rule_ids, "description", DRAFT_RULE)
    say(agreement, "sector", "Zorg")
