# A command speaks on the terminal, and Odoo loads it as a module of its own, in which
# no relative import works. pylint: disable=print-used,odoo-addons-relative-import
import sys

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

BATCH = 500


class CareerVault(Command):
    """Look after the key file of the Career Focus vault.

    check    say whether the key file opens every record of the databases
    rotate   add a new key, wrap every record's key under it, keep the old keys
    forget   take the old keys out of the key file once no record needs them

    Name every database that uses this key file. Back up the key file afterwards.
    """

    name = "career_vault"

    def run(self, cmdargs):
        self.parser.add_argument("act", choices=("check", "rotate", "forget"))
        self.parser.add_argument("-c", "--config", help="configuration file of Odoo")
        self.parser.add_argument(
            "-d", "--database", required=True, help="databases, separated by commas"
        )
        options = self.parser.parse_args(cmdargs)
        arguments = ["--no-http", "-d", options.database]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)
        # The addon can be imported only now that the addons path is known.
        from odoo.addons.hr_career_focus.vault.errors import VaultError

        try:
            self._load()
            getattr(self, options.act)(config["db_name"])
        except VaultError as error:
            sys.exit(f"career_vault: {error}")

    def check(self, databases):
        """Open one record under every key in use."""
        for name, in_use in self._in_use(databases).items():
            self._load().key_ids_present(in_use)
            print(f"{name}: every record opens; {len(in_use)} key(s) in use")

    def rotate(self, databases):
        """Write the new key first, so that no record is ever without its key."""
        from odoo.addons.hr_career_focus.casework.upkeep import renew_envelopes
        from odoo.addons.hr_career_focus.vault.keyring import write_key_file
        from odoo.addons.hr_career_focus.vault.location import key_file

        for in_use in self._in_use(databases).values():
            self._load().key_ids_present(in_use)
        write_key_file(key_file(), self._load().rotated(), replace_existing=True)
        for name in databases:
            done = 0
            while True:
                with Registry(name).cursor() as cr:
                    renewed = renew_envelopes(Environment(cr, SUPERUSER_ID, {}), BATCH)
                if not renewed:
                    break
                done += renewed
                print(f"{name}: {done} records under the new key")
            print(f"{name}: done")
        print("Back up the key file now. The old keys stay in it until 'forget'.")

    def forget(self, databases):
        """Refuse while a record of a named database still needs an old key."""
        from odoo.addons.hr_career_focus.vault.keyring import write_key_file
        from odoo.addons.hr_career_focus.vault.location import key_file

        ring = self._load()
        for name, in_use in self._in_use(databases).items():
            if in_use - {ring.active}:
                sys.exit(
                    f"career_vault: {name} still needs an older key; rotate first."
                )
        write_key_file(key_file(), ring.without_old(), replace_existing=True)
        print(f"{len(ring.keys) - 1} older key(s) forgotten. Back up the key file now.")

    def _load(self):
        from odoo.addons.hr_career_focus.vault.keyring import load_keyring

        return load_keyring()

    def _in_use(self, databases):
        """Return the ids of the keys each database needs."""
        from odoo.addons.hr_career_focus.casework.upkeep import keys_in_use

        found = {}
        for name in databases:
            with Registry(name).cursor() as cr:
                found[name] = keys_in_use(Environment(cr, SUPERUSER_ID, {}))
        return found
