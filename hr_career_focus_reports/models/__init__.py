from . import (
    demo,
    frozen_mixin,
    ir_ui_menu,
    register_source,
    release,
    release_cell,
    release_job,
    release_unit,
    res_company,
    res_users,
)
