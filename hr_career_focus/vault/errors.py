"""What can go wrong in the vault, each with the sentence its reader needs."""


class VaultError(Exception):
    """Base of everything the vault raises."""


class KeyMissing(VaultError):
    """The key file, or the key a row was sealed under, is not there."""


class KeyUnsafe(VaultError):
    """The key file can be read by others, or is not a key file."""


class Unsealable(VaultError):
    """A sealed text does not open: wrong key, moved, altered, or shredded."""


class PurgeListUnusable(VaultError):
    """The purge list cannot be read or written, so nothing is destroyed or opened."""


class WrongPassphrase(VaultError):
    """A private key does not open with the passphrase that was typed."""
