"""Who may. The plan is its group's until an edition of it is published."""

import rules

from groups.rules import belongs, coordinates

for name in ("plan", "section", "action"):
    rules.add_perm(f"actionplan.view_{name}", belongs)
# Where the subject is the group.
rules.add_perm("actionplan.add_plan", coordinates)
rules.add_perm("actionplan.change_plan", coordinates)
