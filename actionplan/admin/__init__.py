from actionplan.admin import template  # noqa: F401  (registers itself)
