from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import importing, needs, own_part, people, recording, totals

app_name = "attendance"
urlpatterns = [
    path(_("attendance/"), totals.totals, name="totals"),
    path(_("attendance.csv"), totals.as_csv, name="totals_csv"),
    path(_("attendance.xlsx"), totals.as_xlsx, name="totals_xlsx"),
    path(_("attendance.pdf"), totals.as_pdf, name="totals_pdf"),
    path(_("<slug:slug>/answer/"), own_part.answer, name="answer"),
    path(_("<slug:slug>/my-part/"), own_part.own_part, name="own_part"),
    path(_("<slug:slug>/people/"), people.people, name="people"),
    path(_("<slug:slug>/people/members/"), people.add_members, name="add_members"),
    path(_("<slug:slug>/people/new/"), people.add_person, name="add_person"),
    path(_("<slug:slug>/people/list/"), importing.paste, name="import"),
    path(_("<slug:slug>/people/needs/"), people.needs, name="needs"),
    path(_("<slug:slug>/people/<int:pk>/"), people.change_person, name="person"),
    path(_("<slug:slug>/people/<int:pk>/needs/"), needs.needs_of_person, name="needs_of"),
    path(_("<slug:slug>/people/<int:pk>/remove/"), people.remove_person, name="remove"),
    path(_("<slug:slug>/people/<int:pk>/naming/"), people.record_naming, name="naming"),
    path(_("<slug:slug>/attendance/"), recording.attendance, name="record"),
    path(_("<slug:slug>/attendance/sheet.pdf"), recording.sheet, name="sheet"),
]
