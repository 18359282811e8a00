"""Dutch and Flemish: complete, in the words of the field, and on the page."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.hr_career_focus.tests.catalogue import (
    LANGUAGES,
    catalogue,
    english_left,
    faults,
    load_language,
    words,
)

from .test_uptake_page import UptakePageCase

ADDON = "hr_career_focus_reports"
#: Terms that Dutch shares with English, and names that are no text.
SAME = {
    "%(company)s, %(year)s, %(period)s",
    "%(year)s, %(period)s",
    "<span>0%</span>",
    "Budget",
    "Code",
    "Contract",
    "ID",
    "Menu",
    "q2",
    "q3",
    "q4",
}
#: The words of the field: English, Dutch, Flemish.
GLOSSARY = [
    ("Uptake", "Deelname", "Deelname"),
    ("Unit", "Onderdeel", "Onderdeel"),
    (
        "Company too small",
        "Bedrijf te klein om te tonen",
        "Bedrijf te klein om te tonen",
    ),
    ("Permanent contract", "Vast contract", "Vast contract"),
    (
        "Contract with an end date",
        "Contract met een einddatum",
        "Contract van bepaalde duur",
    ),
]


@tagged("post_install", "-at_install")
class TestCatalogues(TransactionCase):
    def test_nothing_is_missing_or_wrong(self):
        template = {entry.msgid for entry in catalogue(ADDON, ADDON)}
        for name in LANGUAGES.values():
            with self.subTest(name):
                entries = catalogue(ADDON, name)
                self.assertEqual({entry.msgid for entry in entries}, template)
                self.assertEqual(faults(entries, SAME), [])

    def test_words_of_the_field(self):
        dutch, flemish = words(ADDON, "nl"), words(ADDON, "nl_BE")
        for english, nl, nl_be in GLOSSARY:
            with self.subTest(english):
                self.assertEqual((dutch[english], flemish[english]), (nl, nl_be))

    def test_nothing_promises_to_be_anonymous(self):
        """Figures are rounded and grouped; nobody promises more than that."""
        for name in LANGUAGES.values():
            texts = " ".join(words(ADDON, name).values()).lower()
            self.assertIn("afgerond", texts)
            self.assertNotIn("anoniem", texts)


@tagged("post_install", "-at_install")
class TestDutchPage(UptakePageCase):
    def publish_in(self, code):
        load_language(self.env, code, "hr_career_focus", ADDON)
        self.publish()
        user = self.org.login("policy", "hr_career_focus.group_policy")
        user.lang = code
        tree = self.page("policy")
        return tree, self.text(tree.find("body"))

    def assertPage(self, code):
        tree, text = self.publish_in(code)
        for words_of_the_page in (
            "Hoeveel mensen doen mee?",
            "Naar onderdeel van de organisatie",
            "Wat betekent een cijfer?",
            "Waarom zie ik geen kleinere teams?",
            "2,3% van de Vlaamse beroepsbevolking",
        ):
            self.assertIn(words_of_the_page, text)
        self.assertEqual(english_left(tree, "hr_career_focus", ADDON), [])

    def test_dutch(self):
        self.assertPage("nl_NL")

    def test_flemish(self):
        self.assertPage("nl_BE")
