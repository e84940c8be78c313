from groups.models.barrier import BarrierReport
from groups.models.interest import ConsentRecord, InterestSignup
from groups.models.membership import Invitation, Membership
from groups.models.network import City, Organisation, Topic, WorkingGroup
from groups.models.notebook import Note
from groups.models.people import User

__all__ = [
    "BarrierReport",
    "City",
    "ConsentRecord",
    "InterestSignup",
    "Invitation",
    "Membership",
    "Note",
    "Organisation",
    "Topic",
    "User",
    "WorkingGroup",
]
