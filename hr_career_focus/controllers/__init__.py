from . import (
    check,
    coach,
    confirm,
    desk,
    employee,
    followup,
    key,
    logins,
    own_data,
    privacy,
    reminder,
    retention,
)
