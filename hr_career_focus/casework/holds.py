"""Legal hold: what keeps a case from being deleted, and why."""


def reason_for(env, user_id):
    """Return why the cases of a login may not be deleted, or None."""
    return None
