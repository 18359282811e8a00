"""Which models are confidential: those with the wall's mixin, also when added later."""

MIXIN = "hr.career.vault.mixin"


def vault_models(env):
    """Return the names of the confidential models of this database."""
    found = env.registry.descendants([MIXIN], "_inherit")
    return sorted(name for name in found if not env[name]._abstract)
