# A command speaks on the terminal, and Odoo loads it as a module of its own, in which
# no relative import works. pylint: disable=print-used,odoo-addons-relative-import
import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

#: Exit codes: whole, not whole, could not be checked.
WHOLE, FLAWED, UNKNOWN = 0, 1, 2


class CareerLog(Command):
    """Check the access log of Career Focus, apart from Odoo's own pages.

    verify   say whether every line stands as it was written; ends with 1 if not
    head     print the number the log ends with now

    With --heads, verify also looks for every control number that was sent out: a text
    file with the e-mails, a mailbox saved as mbox, or the lines of the file, the oldest
    first. A file without any control number proves nothing: verify ends with 2.
    """

    name = "career_log"

    def run(self, cmdargs):
        self.parser.add_argument("act", choices=("verify", "head"))
        self.parser.add_argument("-c", "--config", help="configuration file of Odoo")
        self.parser.add_argument("-d", "--database", required=True)
        self.parser.add_argument("--heads", help="file with control numbers")
        options = self.parser.parse_args(cmdargs)
        arguments = ["--no-http", "-d", options.database]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)
        # The addon can be imported only now that the addons path is known.
        from odoo.addons.hr_career_focus.vault.errors import VaultError

        try:
            heads = self._heads(options.heads)
            with Registry(options.database).cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                code = getattr(self, options.act)(env, heads)
        except (VaultError, OSError) as error:
            print(f"career_log: {error}", file=sys.stderr)
            code = UNKNOWN
        sys.exit(code)

    def _heads(self, path):
        from odoo.addons.hr_career_focus.vault.chain import heads_in

        if not path:
            return []
        heads = heads_in(Path(path).read_text(encoding="utf-8", errors="replace"))
        if not heads:
            raise OSError(f"there is no control number in {path}")
        return heads

    def verify(self, env, heads):
        """Print every flaw, or that there is none."""
        from odoo.addons.hr_career_focus.casework import access_log

        flaws = access_log.verify(env, heads)
        for flaw in flaws:
            print(flaw)
        if flaws:
            return FLAWED
        print(f"The access log is whole. {len(heads)} control numbers found in it.")
        return WHOLE

    def head(self, env, heads):
        """Print the link of the last line."""
        from odoo.addons.hr_career_focus.casework import access_log

        print(access_log.head(env))
        return WHOLE
