# A command speaks on the terminal, and Odoo loads it as a module of its own, in which
# no relative import works. pylint: disable=print-used,odoo-addons-relative-import
import sys
from datetime import date

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

#: Exit codes: proven, not proven, could not be done.
PROVEN, NOT_PROVEN, UNKNOWN = 0, 1, 2
PERIODS = ("year", "q1", "q2", "q3", "q4")


class CareerUptake(Command):
    """Check the published uptake of Career Focus, or read its rules. Without a name.

    prove  is this release as it was published, and does the proof per person hold?
           The proof is searched anew in the vault and HR history, and recounted by an
           independent checker
    rules  print the rules in force, or those a release was made under (--year)

    Ends with 0 when the release is whole and proven, with 1 when it is not, with 2
    when it could not be checked.
    """

    name = "career_uptake"

    def run(self, cmdargs):
        self.parser.add_argument("act", choices=("prove", "rules"))
        self.parser.add_argument("-c", "--config", help="configuration file of Odoo")
        self.parser.add_argument("-d", "--database", required=True)
        self.parser.add_argument(
            "--company", help="its number or its whole name, where there are several"
        )
        self.parser.add_argument("--year", type=int, help="year of the release: 2026")
        self.parser.add_argument("--period", choices=PERIODS, default=PERIODS[0])
        self.parser.add_argument("--lang", default="en_US", help="for example nl_NL")
        options = self.parser.parse_args(cmdargs)
        if options.act == "prove" and not options.year:
            self.parser.error("name the year of the release: --year")
        if options.year and not 2000 <= options.year <= date.max.year - 1:
            self.parser.error("a year is 2026")
        arguments = ["--no-http", "-d", options.database]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)
        sys.exit(self._act(options))

    def _act(self, options):
        # The addon can be imported only now that the addons path is known.
        from odoo.addons.hr_career_focus.casework.errors import CaseworkError
        from odoo.addons.hr_career_focus.vault.errors import VaultError

        try:
            with Registry(options.database).cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {"lang": options.lang})
                company = one_company(env, options.company)
                return getattr(self, options.act)(company, options)
        except (CaseworkError, VaultError, LookupError, OSError) as error:
            print(f"career_uptake: {error}", file=sys.stderr)
            return UNKNOWN

    def prove(self, company, options):
        """Say whether a release is whole, and whether its proof holds now."""
        release = one_release(company, options)
        print(release.display_name)
        print(release.digest)
        print(release._fingerprint_sentence())
        outcome = release._prove()
        if isinstance(outcome, str):
            print(outcome)
            return UNKNOWN if release._is_intact() else NOT_PROVEN
        print(release._proof_sentence(outcome))
        return PROVEN if outcome["holds"] and release._is_intact() else NOT_PROVEN

    def rules(self, company, options):
        """Print the rules as the works council reads them."""
        from odoo.addons.hr_career_focus_reports.controllers.rules_text import as_text

        parameters = None
        if options.year:
            parameters = one_release(company, options).parameters
        print(as_text(company.env, company, parameters))
        return PROVEN


def one_company(env, wanted):
    """Return the company that is meant.

    :raise LookupError: when it is none, or there are several
    """
    companies = env["res.company"].search([])
    if wanted and wanted.isdigit():
        companies = companies.filtered(lambda one: one.id == int(wanted))
    elif wanted:
        companies = companies.filtered(lambda one: one.name == wanted)
    if len(companies) != 1:
        raise LookupError("name one company, by number or whole name: --company")
    return companies


def one_release(company, options):
    """Return the release of a company that is meant.

    :raise LookupError: when there is none
    """
    release = company.env["hr.career.release.job"]._published(
        company, options.year, options.period
    )
    if not release:
        raise LookupError("there is no release of that company, year and period")
    return release
