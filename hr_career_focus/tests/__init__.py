from . import test_coach, test_conflict, test_mandate, test_roles
