from . import (
    test_release,
    test_release_access,
    test_release_queries,
    test_uptake_page,
)
