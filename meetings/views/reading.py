"""What everybody reads: the list by year and kind, and each meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from meetings import agreed, chains, file_showing, showing
from meetings.delegations import presence_at
from meetings.forms.finding import FindForm
from meetings.models import Meeting


class MeetingList(ListView):
    template_name = "meetings/list.html"
    context_object_name = "meetings"
    paginate_by = 50
    http_method_names = ["get", "head", "options"]

    def get_queryset(self) -> Any:
        visible = Meeting.objects.visible_to(self.request.user)
        years = [day.year for day in visible.dates("begins_on", "year", order="DESC")]
        self.find = FindForm(self.request.GET, years=years)
        return self.find.narrow(visible).newest_first()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        may_add = self.request.user.has_perm("meetings.add_meeting")
        return super().get_context_data(find=self.find, may_add=may_add, **context)


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = find_meeting(request, slug)
    user = request.user
    visits = chains.visits_of_meeting(meeting, user)
    context = {
        "meeting": meeting,
        "facts": showing.meeting_facts(meeting),
        "files": file_showing.files_of(meeting, user),
        "days": showing.by_day(meeting.sessions.all()),
        "visits": [(visit, showing.visit_facts(visit)) for visit in visits],
        "agreed": agreed.of_meeting(meeting, user),
        "is_inside": user.has_perm("meetings.view_inside", meeting),
        "has_record": user.has_perm("meetings.view_record", meeting),
        "may_capture": user.has_perm("meetings.add_practice", meeting),
        "may_change": user.has_perm("meetings.change_meeting", meeting),
        "may_draw": user.has_perm("meetings.add_lesson", meeting),
    }
    context["presence"] = presence_at(meeting, user, context)
    return render(request, "meetings/meeting.html", context)


def find_meeting(request: HttpRequest, slug: str) -> Meeting:
    visible = Meeting.objects.visible_to(request.user).select_related(
        "host", "group", "correspondence"
    )
    meeting: Meeting = get_object_or_404(visible, slug=slug)
    return meeting
