"""What happens once, when the addon is installed."""

from .vault.keyring import ensure_key_file


def post_init_hook(env):
    """Make sure the vault has its key before anyone can ask for anything."""
    ensure_key_file()
