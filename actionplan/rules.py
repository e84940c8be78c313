"""Who may. The plan is its group's until an edition of it is published."""

from typing import Any

import rules

from actionplan.models import Action, Section
from groups.models import User
from groups.rules import belongs, coordinates, writes

for name in ("plan", "section", "action"):
    rules.add_perm(f"actionplan.view_{name}", belongs)
# Where the subject is the group.
rules.add_perm("actionplan.add_plan", coordinates)
# Its title, its sections and their order, what is in the bin.
rules.add_perm("actionplan.change_plan", coordinates)


@rules.predicate
def is_responsible(user: User, section: Any = None) -> bool:
    return isinstance(section, Section) and section.responsible.filter(pk=user.pk).exists()


# Where the subject is the section.
rules.add_perm("actionplan.change_section", coordinates)
rules.add_perm("actionplan.submit_section", coordinates | (writes & is_responsible))
rules.add_perm("actionplan.approve_section", coordinates)
rules.add_perm("actionplan.match_translation", writes)


@rules.predicate
def goes_on(user: User, action: Any = None) -> bool:
    return isinstance(action, Action) and action.goes_on


# Where the subject is the plan or the action.
rules.add_perm("actionplan.add_action", writes)
rules.add_perm("actionplan.change_action", writes & goes_on)
# Dropped, taken up, deleted, brought back; and in which order they stand.
rules.add_perm("actionplan.end_action", coordinates)
# Objectives, areas of intervention, funding sources; where the subject is the plan.
rules.add_perm("actionplan.change_goals", writes)
# Where the subject is the plan, or a comment on one of its editions.
rules.add_perm("actionplan.publish_edition", coordinates)
rules.add_perm("actionplan.decide_comment", coordinates)
