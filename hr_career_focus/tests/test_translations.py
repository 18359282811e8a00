"""Dutch and Flemish: complete, in the words of the field, and on the pages."""

import polib
from lxml import html

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..casework import constants as c
from .catalogue import LANGUAGES, catalogue, english_left, faults, load_language, words
from .page_case import COACH, DESK, FILE, HOME, NOWHERE, START, PageCase

ADDON = "hr_career_focus"
#: Terms that Dutch shares with English, and names that are no text.
SAME = {
    "%(agreement)s, %(version)s",
    "%(right)s (%(version)s)",
    "%(right)s: %(missing)s",
    "%s scan",
    "%s scans",
    "%s traject",
    "1 passkey.",
    '<i class="fa fa-unlock" aria-hidden="true"/> Open',
    "Budget",
    "Career Focus",
    "Career focus coaching",
    "Coach",
    "Coaches",
    "Coaching",
    "Code",
    "Contact",
    "Database",
    "E-mail",
    "Freelancer",
    "HR",
    "ID",
    "Label",
    "Link",
    "Login",
    "Logins",
    "Minimum",
    "Moment",
    "Open",
    "Plan",
    "Privacy",
    "Register",
    "Registers",
    "Scans",
    "Sector",
    "Status",
    "Tip",
    "Traject",
    "base.group_system",
    "council@example.org",
    "focus-recovery-...",
    "hr.group_hr_user",
    "hr_career_focus.group_finance",
    "hr_career_focus.group_works_council",
    "https://",
    "https://…",
    "is",
    "meets_by_phone",
    "meets_by_video",
    "passkeys.",
    "writes",
    "· coach:",
}
#: The words of the field: English, Dutch, Flemish.
GLOSSARY = [
    ("Career desk", "Loopbaanloket", "Loopbaanpunt"),
    ("Desk holder", "Loopbaanvertrouwenspersoon", "Loopbaancontactpersoon"),
    ("Appointed by", "Aangewezen door", "Aangesteld door"),
    ("Requested", "Aangevraagd", "Aangevraagd"),
    ("Collective agreement", "Cao", "Cao"),
    ("Aftercare", "Nazorg", "Nazorg"),
    ("Uptake", "Deelname", "Deelname"),
    ("Outcome", "Uitkomst", "Resultaat"),
    ("Self-employed", "Zzp'er", "Zelfstandige"),
    ("Fewer hours", "Minder uren werken", "Deeltijds werken"),
    ("Self-exploration", "Zelfverkenning", "Zelfverkenning"),
    ("Vision", "Visieontwikkeling", "Visieontwikkeling"),
    ("Market exploration", "Marktverkenning", "Marktverkenning"),
    ("Market approach", "Marktbenadering", "Marktbenadering"),
    ("Works council", "Ondernemingsraad", "Ondernemingsraad"),
    ("Career guidance", "Loopbaanbegeleiding", "Loopbaanbegeleiding"),
    (
        "Privacy officer",
        "Functionaris gegevensbescherming (FG)",
        "Functionaris voor gegevensbescherming (DPO)",
    ),
]
#: Titles, cards and mails: whoever looks over a shoulder learns nothing from them.
NEUTRAL = [
    "My focus",
    "Desk",
    "Cases",
    "Not found",
    "There is a message for you",
    "There is a message for you. You can read it after you log in:",
    "What you have a right to, for your own development",
    "Requests that wait for an answer",
    "The people who asked for you",
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
                found = (dutch[english], flemish[english])
                # long words may be broken where a soft hyphen says so
                found = tuple(word.replace("\N{SOFT HYPHEN}", "") for word in found)
                self.assertEqual(found, (nl, nl_be))

    def test_flemish_has_no_loket_and_no_bedrijfsarts(self):
        flemish = " ".join(words(ADDON, "nl_BE").values()).lower()
        for word in (
            "loket",
            "vertrouwenspersoon",
            "bedrijfsarts",
            "zzp",
            "instemming",
        ):
            self.assertNotIn(word, flemish)
        dutch = " ".join(words(ADDON, "nl").values()).lower()
        for word in ("loopbaanloket", "loopbaanvertrouwenspersoon", "bedrijfsarts"):
            self.assertIn(word, dutch)

    def test_titles_and_mails_say_nothing(self):
        for name in LANGUAGES.values():
            for english in NEUTRAL:
                translated = words(ADDON, name)[english]
                self.assertNotRegex(translated.lower(), "loopbaan|coach|begeleiding")

    def test_faults_are_found(self):
        """The check itself: each kind of fault is named, and a good term is not."""
        code = [("code:addons/x.py", "0")]
        for english, translated, fault in (
            ("Stop", "", "not translated"),
            ("%(day)s it is", "%(dag)s is het", "other placeholders"),
            ("<b>Stop</b>", "<i>Stop</i>", "other markup"),
            ("Leaving", "Uitstroom", "unwanted word"),
            ("The case", "Your case", "English"),
        ):
            entry = polib.POEntry(msgid=english, msgstr=translated, occurrences=code)
            self.assertEqual([one.split(":")[0] for one in faults([entry])], [fault])
        good = polib.POEntry(
            msgid="<b>%s hours</b>", msgstr="<b>%s uur</b>", occurrences=code
        )
        self.assertEqual(faults([good]), [])


@tagged("post_install", "-at_install")
class TestDutchPages(PageCase):
    """Every page in both languages, for logins whose language it is."""

    #: Language: headings that must be on the pages.
    HEADINGS = {
        "nl_NL": {
            HOME: ["Mijn focus", "Mijn rechten", "Het blijft van jou"],
            START: ["Een aanvraag doen", "1. Wat vraag je aan?"],
            "file": ["Mijn dossier", "Het loket bekijkt je aanvraag"],
            DESK: ["Loket", "Wacht op jou"],
            "desk": ["Het recht", "Een coach voorstellen"],
            COACH: ["Trajecten", "Op dit moment geen trajecten"],
        },
        "nl_BE": {
            HOME: ["Mijn focus", "Mijn rechten", "Het blijft van jou"],
            START: ["Een aanvraag doen", "1. Wat vraag je aan?"],
            "file": ["Mijn dossier", "Het loopbaanpunt bekijkt je aanvraag"],
            DESK: ["Contactpunt", "Wacht op jou"],
            "desk": ["Het recht", "Een coach voorstellen"],
            COACH: ["Trajecten", "Op dit moment geen trajecten"],
        },
    }

    def speak(self, code):
        load_language(self.env, code, ADDON)
        for user in self.users.values():
            user.lang = code

    def visit_as(self, login, path, status=200):
        self.login(login)
        response = self.url_open(path)
        self.assertEqual(response.status_code, status, path)
        return html.fromstring(response.text)

    def visit(self):
        """Yield every kind of page as ``(name, tree)``."""
        ref = self.make_request(now=fields.Datetime.now())
        for name, login, path in (
            (HOME, "colleague", HOME),
            (START, "colleague", START),
            ("file", "victim", FILE % ref),
            (DESK, "desk", DESK),
            ("desk", "desk", f"{DESK}/{ref}"),
            (COACH, "coach", COACH),
        ):
            yield name, self.visit_as(login, path)

    def assertSpeaks(self, code):
        self.speak(code)
        for name, tree in self.visit():
            with self.subTest(name):
                headings = [
                    " ".join(one.text_content().split())
                    for one in tree.xpath("//h1 | //h2 | //h3")
                ]
                for heading in self.HEADINGS[code][name]:
                    self.assertIn(heading, headings)
                self.assertEqual(english_left(tree, ADDON), [])
        missing = self.visit_as("victim", FILE % NOWHERE, status=404)
        self.assertEqual(english_left(missing, ADDON), [])

    def test_dutch(self):
        self.assertSpeaks("nl_NL")

    def test_flemish(self):
        self.assertSpeaks("nl_BE")

    def test_english_is_noticed(self):
        """The check itself: a page in English is full of it."""
        left = english_left(self.visit_as("colleague", HOME), ADDON)
        self.assertIn("My rights", left)

    def test_coach_at_work(self):
        """The longest page of the coach, with something in every part."""
        self.speak("nl_NL")
        ref = self.make_request(now=fields.Datetime.now())
        self.desk_door(now=fields.Datetime.now()).case(ref).assign(
            self.coaches["coach"].id
        )
        offer = self.visit_as("coach", f"{COACH}/{ref}")
        self.assertIn("Neem je dit traject aan?", offer.text_content())
        self.assertEqual(english_left(offer, ADDON), [])
        case = self.coach_door(now=fields.Datetime.now()).case(ref)
        case.accept()
        case.write(c.MESSAGE, c.COACH, {"text": "Dag!"})
        tree = self.visit_as("coach", f"{COACH}/{ref}")
        self.assertIn("Een overeenkomst voorstellen", tree.text_content())
        self.assertEqual(english_left(tree, ADDON), [])

    def test_mail_speaks_the_language_of_its_reader(self):
        """Whoever acts, and in whatever language."""
        self.speak("nl_NL")
        self.users["desk"].lang = "en_US"
        now = fields.Datetime.now()
        ref = self.make_request(now=now, channel="mail", address="home@x.test")
        self.desk_door(now=now).case(ref).assign(self.coaches["coach"].id)
        self.coach_door(now=now).case(ref).accept()
        mails = {
            mail.email_to: mail
            for mail in self.env["mail.mail"].search([], order="id desc", limit=3)
        }
        self.assertEqual(set(mails), {"desk@x.test", "coach@x.test", "home@x.test"})
        self.assertEqual(mails["desk@x.test"].subject, "There is a message for you")
        for reader in ("coach@x.test", "home@x.test"):
            mail = mails[reader]
            self.assertEqual(mail.subject, "Er is een bericht voor je")
            self.assertIn("Je kunt het lezen nadat je hebt ingelogd", mail.body_html)
            self.assertNotRegex(mail.body_html.lower(), "loopbaan|coach|traject")
