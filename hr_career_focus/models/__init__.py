from . import (
    coach_specialism,
    coach_registration,
    coach,
    coach_conflict,
    mandate,
    res_company,
    res_groups,
    res_users,
)
