from groups.admin import groups, people, signups  # noqa: F401  (they register themselves)
