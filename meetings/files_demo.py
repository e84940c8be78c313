"""Files to try things with: drawings in each state that a picture may have, and two documents."""

import io
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from groups.models import User, WorkingGroup
from meetings import demo_drawings, sheets
from meetings.models import Document, Meeting, Photo, Practice, SiteVisit
from meetings.record_demo import HELD
from meetings.services import files, renditions

CREDIT = "Illustration, für dieses Portal gezeichnet"
QUESTIONS = "Fragen für den Rundgang (erfunden)"
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
PLANT: dict[str, Any] = {
    "caption": "Schema, nicht das Werk selbst: Wie Wärme zu den Häusern kommt.",
    "alt": "Zeichnung: Ein Werk mit Schornstein; darin brennt ein Feuer. Eine Leitung im Boden"
    " führt von dort zu drei Häusern.",
}
STEPS: dict[str, Any] = {
    "caption": "Schema: In vier Schritten vom Restmüll zu Strom und Fernwärme.",
    "alt": "Zeichnung: Aus Restmüll wird Feuer, daraus Dampf, daraus Strom und Fernwärme.",
}


def load_demo(group: WorkingGroup) -> bool:
    """False if they were loaded before, or nobody coordinates the group."""
    coordinator = group.memberships.current().coordinators().select_related("user").first()
    held = Meeting.objects.filter(slug=HELD).first()
    if coordinator is None or held is None or Document.objects.of_place(held).exists():
        return False
    with transaction.atomic(), translation.override(group.language):
        photos = _load(group, held, coordinator.user)
    # The first thing that a newcomer sees: no worker has to run for these.
    for photo in photos:
        renditions.prepare(photo.pk)
        files.publish_photo(photo, by=coordinator.user)
    return True


def _load(group: WorkingGroup, held: Meeting, by: User) -> list[Photo]:
    """The photos that are to be published."""
    files.attach(_questions(), to=held, by=by, title=QUESTIONS)
    sheet = SimpleUploadedFile("liste.pdf", sheets.attendance_sheet(held, [], blank=True))
    title = "Anwesenheitsliste des Auftakts (erfunden, ohne Unterschriften)"
    files.attach(sheet, to=held, by=by, kind=Document.Kind.ATTENDANCE, title=title)
    files.attach_photo(_picture(demo_drawings.table_with_cards), to=held, by=by, credit=CREDIT)
    hidden = files.attach_photo(
        _picture(demo_drawings.two_people),
        to=held,
        by=by,
        caption="Max Muster hat noch nicht zugestimmt: Nur die Koordination sieht dieses Bild.",
        alt="Zeichnung: zwei Personen ohne Gesichter.",
        credit=CREDIT,
        licence=Photo.Licence.CC0,
    )
    hidden.people.create(name="Max Muster")
    visit = SiteVisit.objects.filter(name="Müllheizkraftwerk", meeting__group=group).first()
    practice = visit and Practice.objects.filter(visits=visit).first()
    found = [(visit, demo_drawings.heating_plant, PLANT)]
    found += [(practice, demo_drawings.from_waste_to_heat, STEPS)]
    return [_described(to, scene, by, **said) for to, scene, said in found if to]


def _described(to: Any, scene: Any, by: User, **said: Any) -> Photo:
    all_said = {**said, "credit": CREDIT, "licence": Photo.Licence.CC0, "people_listed": True}
    return files.attach_photo(_picture(scene), to=to, by=by, **all_said)


def _picture(scene: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{scene.__name__}.jpg", demo_drawings.draw(scene), "image/jpeg")


def _questions() -> SimpleUploadedFile:
    """An OpenDocument text, as small as one can be."""
    asked = ("Welche Abwärme bleibt ungenutzt?", "Wann fällt sie an?", "Wer könnte sie brauchen?")
    content = (
        f'<office:document-content xmlns:office="{OFFICE}:office:1.0"'
        f' xmlns:text="{OFFICE}:text:1.0" office:version="1.2"><office:body><office:text>'
        f'<text:h text:outline-level="1">{QUESTIONS}</text:h>'
        + "".join(f"<text:p>{question}</text:p>" for question in asked)
        + "</office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODT, ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return SimpleUploadedFile("fragen.odt", target.getvalue(), ODT)
