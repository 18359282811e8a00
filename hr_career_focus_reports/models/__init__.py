from . import (
    demo,
    frozen_mixin,
    register_source,
    release,
    release_cell,
    release_job,
    release_unit,
    res_company,
    res_users,
)
