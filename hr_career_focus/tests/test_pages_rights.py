"""The page of rights over HTTP, and the request as it depends on the right."""

from datetime import date

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from ..vault import scope
from .page_case import FILE, HOME, NOWHERE, START, PageCase

#: Words that may not stand in a title, an address or a menu card.
TELLING = ("career", "coach", "loopbaan", "traject")
#: What a rich agreement gives beside the right of the company: a right of each kind.
RIGHTS = [
    {
        "code": "budget",
        "name": "Career budget",
        "article": "chapter 10",
        "quantity": 900,
        "interval_kind": "accrual",
        "interval_months": 12,
        "block_origin": "2015-01-01",
        "cap": 4500,
        "saving_months": 36,
        "advance_periods": 1,
    },
    {
        "code": "scan",
        "name": "Career scan",
        "article": "article 4.9",
        "unit": "scans",
        "quantity": 1,
        "interval_kind": "calendar_block",
        "interval_months": 24,
        "block_origin": "2015-01-01",
        "coach_choice": "employer",
        "consultation": "consult",
        "output_rule": "advice_to_employee",
    },
    {
        "code": "fund-refund",
        "name": "Refund of a cheque",
        "quantity": 80,
        "interval_months": 72,
        "payer": "own_claim",
    },
    {
        "code": "senior",
        "name": "Extra days",
        "unit": "days",
        "quantity": 5,
        "interval_kind": "accrual",
        "interval_months": 12,
        "min_age": 57,
    },
    {
        "code": "leavers",
        "name": "Advice for fixed terms",
        "article": "article 6.5",
        "unit": "trajects",
        "quantity": 1,
        "interval_kind": "once",
        "contract_types": "fixed_term",
    },
    {
        "code": "long",
        "name": "Sabbatical talk",
        "unit": "sessions",
        "quantity": 1,
        "interval_kind": "employment_years",
        "interval_months": 60,
        "min_service_months": 600,
    },
]


class RightsCase(PageCase):
    """A company whose agreement has a right of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro = cls.env.ref("base.EUR").id
        cls.version.write(
            {
                "rule_ids": [
                    Command.create({"currency_id": euro, **values}) for values in RIGHTS
                ],
                "source_url": "https://cao.test/text",
                "verified_by": "A. Expert",
                "verified_on": date(2019, 1, 1),
            }
        )
        cls.rules = {rule.code: rule for rule in cls.version.rule_ids}

    def cards(self, page=None):
        """Return ``{name of a right: its card}`` of the page of rights."""
        page = self.page(HOME) if page is None else page
        return {
            card.xpath(".//h3")[0].text_content(): card
            for card in page.xpath("//article[contains(@aria-labelledby, 'right-')]")
        }

    def words(self, element):
        return " ".join(element.text_content().split())


@tagged("post_install", "-at_install")
class TestRightCards(RightsCase):
    def setUp(self):
        super().setUp()
        self.login("victim")

    def test_each_right_has_its_card(self):
        """Each with what it is written in, why, and what goes with it."""
        cards = self.cards()
        self.assertEqual(
            set(cards), {"Career traject", *(values["name"] for values in RIGHTS)}
        )
        for name, card in cards.items():
            text = self.words(card)
            self.assertIn("CAO Test", text, name)
            self.assertIn("Why?", text, name)
            self.assertIn("What goes with it", text, name)
            self.assertEqual(len(card.xpath(".//a[@href='https://cao.test/text']")), 1)

    def test_what_is_saved_and_what_lapses(self):
        """All figures of an accrual: now, what is lost when, and what is added."""
        text = self.words(self.cards()["Career budget"])
        for words in (
            "Available now",
            "Use it by 31 December",
            "Lost after that 900.00",
            "New from 1 January",
            "since 1 March 2015, and you get 900.00",
            "before you have saved it",
            "chapter 10",
        ):
            self.assertIn(words, text)

    def test_own_claim_is_told_and_never_asked(self):
        """How to claim it, no button, and no way to ask for it all the same."""
        card = self.cards()["Refund of a cheque"]
        self.assertIn("How to claim it", self.words(card))
        self.assertIn("Your employer is not told", self.words(card))
        self.assertFalse(card.xpath(".//a[contains(@href, 'start')]"))
        value = f"right-{self.rules['fund-refund'].id}"
        self.assertFalse(self.page(START).xpath(f"//input[@value='{value}']"))
        other = f"right-{self.rules['budget'].id}"
        self.assertTrue(self.page(START).xpath(f"//input[@value='{other}']"))

    def test_public_text_is_not_repeated(self):
        """The fund's public text makes way for the own right of the same code."""
        text = self.env.ref("hr_career_focus.public_right_volta")
        self.company.country_id = self.env.ref("base.be")
        self.assertNotIn(text.name, self.words(self.page(HOME)))
        text.right_code = "something-else"
        self.assertIn(text.name, self.words(self.page(HOME)))

    def test_unknown_says_what_is_missing(self):
        card = self.cards()["Extra days"]
        self.assertIn("Unknown: ask the desk", self.words(card))
        self.assertIn("your date of birth is not recorded", self.words(card))
        self.assertEqual(len(card.xpath(".//a[contains(@href, 'start#right-')]")), 1)
        self.people["victim"].birthday = "1990-05-17"
        card = self.cards()["Extra days"]
        self.assertIn("From 1 March 2048", self.words(card))
        self.assertIn("which is on 17 May 2047 for you", self.words(card))

    def test_not_for_this_contract_is_out_of_the_way(self):
        """Told with why and the article, and folded away."""
        page = self.page(HOME)
        card = self.cards(page)["Advice for fixed terms"]
        folded = card.xpath("ancestor::details")[0]
        self.assertIn("Not in your situation", self.words(folded.xpath("summary")[0]))
        self.assertIsNone(folded.get("open"))
        for words in ("yours is permanent", "article 6.5", "stays as it is"):
            self.assertIn(words, self.words(card))
        self.assertFalse(self.cards(page)["Career scan"].xpath("ancestor::details"))

    def test_later_has_its_day_and_its_reason(self):
        text = self.words(self.cards()["Sabbatical talk"])
        for words in ("Not yet", "1 March 2065", "worked here for 50 years"):
            self.assertIn(words, text)

    def test_who_proposes_consults_and_gets_the_advice(self):
        text = self.words(self.cards()["Career scan"])
        for words in (
            "Your coach is proposed to you",
            "names you to nobody",
            "in writing, and nobody else does",
        ):
            self.assertIn(words, text)
        self.assertIn(
            "You choose your coach yourself", self.words(self.cards()["Career budget"])
        )

    def test_no_button_while_a_traject_runs(self):
        self.assertTrue(self.page(HOME).xpath("//a[contains(@href, 'start')]"))
        self.make_request(rule_id=self.rules["budget"].id)
        self.assertFalse(self.page(HOME).xpath("//a[contains(@href, 'start')]"))

    def test_names_for_the_ear(self):
        """Every link and fold tells its right; headings follow on each other."""
        page = self.page(HOME)
        names = [
            self.words(one)
            for one in page.xpath("//article//summary | //article//a[@class]")
        ]
        self.assertEqual(len(names), len(set(names)))
        levels = [
            int(one.tag[1])
            for one in page.xpath(
                "//main//*[self::h1 or self::h2 or self::h3 or self::h4]"
            )
        ]
        self.assertTrue(
            all(b - a < 2 for a, b in zip(levels, levels[1:], strict=False))
        )
        ids = page.xpath("//*/@id")
        self.assertEqual(len(ids), len(set(ids)))

    def test_rights_of_who_has_no_agreement(self):
        """One answer for all rights has no name, and the page stands."""
        self.env.cr.execute("UPDATE res_company SET career_agreement_id = NULL")
        self.env.invalidate_all()
        page = self.page(HOME)
        self.assertIn("It is not recorded which collective", self.words(page))
        self.assertFalse(self.cards(page))


@tagged("post_install", "-at_install")
class TestStartPage(RightsCase):
    """The request: the same facts for each right, and who names the coach."""

    def setUp(self):
        super().setUp()
        self.login("victim")

    def choice(self, code):
        value = f"right-{self.rules[code].id}"
        (radio,) = self.page(START).xpath(f"//input[@value='{value}']")
        return radio, self.words(radio.xpath("ancestor::div[1]")[0])

    def test_facts_of_the_chosen_right(self):
        _radio, text = self.choice("budget")
        for words in (
            "Available now",
            "CAO Test",
            "chapter 10",
            "You choose your coach",
        ):
            self.assertIn(words, text)

    def test_desk_proposes_the_coach(self):
        """The page knows it of each right, and says it before the coaches."""
        self.assertEqual(self.choice("scan")[0].get("data-cf-desk"), "1")
        self.assertIsNone(self.choice("budget")[0].get("data-cf-desk"))
        (note,) = self.page(START).xpath("//*[@data-cf-proposed]")
        self.assertIn("Career scan", self.words(note))
        self.assertNotIn("Career budget", self.words(note))
        self.rules["scan"].active = False
        self.version.write({"verified_by": "A", "verified_on": date(2019, 1, 1)})
        self.assertFalse(self.page(START).xpath("//*[@data-cf-proposed]"))

    def test_employer_with_a_say(self):
        radio, text = self.choice("scan")
        self.assertIn("names you to nobody", text)
        self.assertIn("names you to nobody", radio.get("data-cf-say"))
        self.assertIn("need not ask", self.choice("budget")[0].get("data-cf-say"))


@tagged("post_install", "-at_install")
class TestReading(PageCase):
    def test_rights_in_one_screen(self):
        self.login("victim")
        text = self.page(HOME).text_content()
        for words in ("CAO Test", "10.1", "leaves no trace", "not told"):
            self.assertIn(words, text)
        self.assertRegex(text, r"1.000.00", "The amount, in the notation of the reader")

    def test_headers_and_neutral_words(self):
        ref = self.make_request()
        self.login("victim")
        for path in (HOME, FILE % ref, FILE % NOWHERE):
            response = self.get(path)
            headers = response.headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])
            title = html.fromstring(response.text).findtext(".//title").lower()
            for word in TELLING:
                self.assertNotIn(word, title)
                self.assertNotIn(word, path)

    def test_no_word_that_frightens(self):
        """Nothing on the pages speaks of leaving, failing or being a case."""
        ref = self.make_request()
        self.login("victim")
        pages = [self.page(HOME), self.page(FILE % ref)]
        self.login("colleague")
        for page in (*pages, self.page(START)):
            text = page.get_element_by_id("o_cf_main").text_content().lower()
            self.assertIn("focus", text)
            for word in ("exit", "dismiss", "dysfunction", "performance", "redundan"):
                self.assertNotIn(word, text)

    def test_card_is_there_for_every_employee(self):
        """The card says nothing: whoever works here has it, asked or not."""
        self.make_request()
        cards = {}
        for login in ("victim", "colleague"):
            self.login(login)
            card = self.page("/my/home").xpath("//a[@href='/my/focus']")[0]
            self.assertNotIn("d-none", card.getparent().get("class"))
            cards[login] = html.tostring(card.getparent())
            for word in TELLING:
                self.assertNotIn(word, card.text_content().lower())
        self.assertEqual(cards["victim"], cards["colleague"])
        self.login("coach")
        home = self.page("/my/home")
        self.assertFalse(home.xpath("//a[@href='/my/focus']"))
        self.assertTrue(home.xpath("//a[@href='/focus/coach']"))

    def test_no_job_not_open_no_right(self):
        """Each empty state says what it is; none is an error."""
        self.login("coach")
        self.assertIn("not linked to a job", self.page(HOME).text_content())
        self.assertMissing(START)
        self.login("victim")
        self.assertTrue(self.page(HOME).xpath(f"//a[@href='{START}']"))
        self.env.cr.execute("UPDATE res_company SET career_agreement_id = NULL")
        self.env.invalidate_all()
        self.assertIn("Unknown: ask the desk", self.page(HOME).text_content())
        self.env.cr.execute("UPDATE res_company SET career_live = false")
        self.env.invalidate_all()
        page = self.page(HOME)
        self.assertIn("Not open yet", page.text_content())
        self.assertFalse(page.xpath(f"//a[@href='{START}']"))
        self.assertEqual(self.get(START).status_code, 303)

    def test_anonymous_logs_in_first(self):
        self.authenticate(None, None)
        response = self.get(FILE % NOWHERE)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])
        page = self.url_open(response.headers["Location"])
        self.assertIn("Please log in to go on", page.text)

    def test_who_learns_what_follows_the_access_rows(self):
        """A reading row given to HR shows up before anything is sent."""
        self.login("victim")

        def told(who):
            (row,) = self.page(START).xpath(f"//tr[th[text()='{who}']]")
            return [cell.text_content() for cell in row.xpath("td")]

        self.assertEqual(told("HR")[0], "Nothing")
        with scope.opened():
            self.env["ir.model.access"].create(
                {
                    "name": "Somebody opens the wall",
                    "model_id": self.env["ir.model"]._get_id("hr.career.traject"),
                    "group_id": self.env.ref("hr.group_hr_user").id,
                    "perm_read": True,
                }
            )
        self.assertIn("ask why", told("HR")[0])
        self.assertEqual(told("Finance"), ["Nothing", "Nothing"])
