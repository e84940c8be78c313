"""Files and photos of meetings and practices; photos with all that the law asks."""

from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from in4green.common.versioned.models import Versioned
from meetings.file_querysets import (
    MOST_ATTEMPTS,
    DocumentQuerySet,
    PhotoQuerySet,
    RenditionQuerySet,
)
from meetings.models.meeting import Language, Meeting
from meetings.models.practices import Practice
from meetings.models.programme import Session
from meetings.models.visits import SiteVisit

# A photo that nobody describes is of no use to anybody and is deleted after so long.
UNDESCRIBED_KEPT = timedelta(days=7)
OWNERS = ("meeting", "session", "visit", "practice")


def one_owner(**fields: Any) -> models.CheckConstraint:
    """Exactly one of ``OWNERS`` is set."""
    only = Q()
    for name in OWNERS:
        only |= Q(**{f"{other}__isnull": other != name for other in OWNERS})
    return models.CheckConstraint(condition=only, **fields)


class Attached(Versioned):
    """Of exactly one owner; whatever came in was checked and cleaned (``common.uploads``)."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, editable=False, related_name="%(class)ss"
    )
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, editable=False, related_name="%(class)ss"
    )
    visit = models.ForeignKey(
        SiteVisit, models.CASCADE, null=True, editable=False, related_name="%(class)ss"
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, null=True, editable=False, related_name="%(class)ss"
    )
    # A random name in private storage; nobody gets at it but through a view that asks who it is.
    file = models.FileField(_("file"), upload_to="meetings", max_length=200, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        abstract = True

    @property
    def owner(self) -> Any:
        return self.meeting or self.session or self.visit or self.practice

    @property
    def place(self) -> Any:
        """What has a page and a group: the owner, or the meeting of which it is a part."""
        return getattr(self.owner, "meeting", self.owner)

    @property
    def group_id(self) -> int:
        """Whose it is: for rights and for the log."""
        return int(self.place.group_id)


class Document(Attached):
    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("Programme")
        PRESENTATION = "presentation", _("Presentation")
        REPORT = "report", _("Report or minutes")
        MATERIAL = "material", _("Working material")
        OTHER = "other", _("Something else")
        ATTENDANCE = "attendance", _("Attendance scan")
        CONSENT = "consent", _("Signed consent")

    # Names and signatures of people: for coordination alone, for ever.
    CONFIDENTIAL = (Kind.ATTENDANCE, Kind.CONSENT)

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MATERIAL)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    is_public = models.BooleanField(_("for everybody"), default=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "title", "pk"]
        constraints = [
            one_owner(name="document_has_one_owner"),
            models.CheckConstraint(
                name="document_with_signatures_is_never_public",
                condition=Q(is_public=False) | ~Q(kind__in=["attendance", "consent"]),
                violation_error_message=_("Names and signatures are not for the public."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("files:document", args=[self.uid])

    @property
    def ending(self) -> str:
        """What people call the format."""
        return PurePath(str(self.file.name)).suffix.lstrip(".").upper()

    @property
    def is_confidential(self) -> bool:
        return self.kind in self.CONFIDENTIAL


class Photo(Attached):
    """Its sizes are made later: until then its row is the queue (``services.renditions``)."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Being prepared")
        READY = "ready", _("Only for the group")
        PUBLISHED = "published", _("Published")

    class Licence(models.TextChoices):
        CC_BY = "CC-BY-4.0", _("CC BY 4.0: may be reused with the credit")
        CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: reused with the credit and the same licence")
        CC0 = "CC0-1.0", _("CC0: may be reused without conditions")
        PERMISSION = "permission", _("All rights reserved, shown here with permission")

    # As it is stored: upright, in pixels.
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt = models.CharField(_("alternative text"), max_length=500, blank=True)
    alt_language = models.CharField(
        _("language of the alternative text"),
        max_length=8,
        choices=Language,
        default=settings.LANGUAGE_CODE,
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, blank=True)
    people_listed = models.BooleanField(
        _("Everybody who can be recognised is listed, or nobody can be recognised"), default=False
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.UPLOADED, editable=False
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_attempt_at = models.DateTimeField(null=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index("id", condition=Q(state="uploaded"), name="photo_waiting_for_its_sizes")
        ]
        constraints = [
            one_owner(name="photo_has_one_owner"),
            models.CheckConstraint(
                name="photo_says_all_before_it_is_published",
                condition=~Q(state="published")
                | ~(Q(credit="") | Q(licence="") | Q(alt="") | Q(people_listed=False)),
                violation_error_message=_(
                    "A published picture has a credit, a licence and an alternative text, and it is"
                    " known who can be recognised."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt or str(_("Picture without a caption"))

    def get_absolute_url(self) -> str:
        return reverse("files:photo", args=[self.uid])

    @property
    def goes_at(self) -> datetime | None:
        """When it will be deleted unless somebody describes it."""
        return None if self.alt else self.created_at + UNDESCRIBED_KEPT

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Formats with their sizes, as ``<picture>`` takes them; the best one first."""
        by_form: dict[str, list[str]] = {}
        for size in self.renditions.all():
            by_form.setdefault(size.form, []).append(f"{size.url} {size.width}w")
        return [(form, ", ".join(sizes)) for form, sizes in sorted(by_form.items())]

    @property
    def jpeg(self) -> Any:
        """The widest that every browser shows."""
        return max(
            (one for one in self.renditions.all() if one.form == Rendition.Form.JPEG),
            key=lambda one: one.width,
        )

    @property
    def has_failed(self) -> bool:
        """Its sizes could not be made; nobody tries again."""
        return not self.is_ready and self.attempts >= MOST_ATTEMPTS

    @property
    def is_ready(self) -> bool:
        return self.state != self.State.UPLOADED

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class PhotoPerson(models.Model):
    """Somebody who can be recognised, and what they have agreed to for this one picture."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    consented_on = models.DateField(_("agreed on"), null=True, blank=True)
    document = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed consent"),
    )
    note = models.CharField(_("how, or where it is kept"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    class Meta:
        verbose_name = _("person in a photo")
        verbose_name_plural = _("people in photos")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "name"],
                name="photo_lists_a_person_once",
                violation_error_message=_("This person is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def agrees(self) -> bool:
        return self.consented_on is not None and self.withdrawn_at is None


class Rendition(models.Model):
    """A photo in one size and format."""

    class Form(models.TextChoices):
        AVIF = "avif", "AVIF"
        JPEG = "jpg", "JPEG"

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="renditions")
    form = models.CharField(max_length=4, choices=Form)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(upload_to="meetings", max_length=200)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["form", "width"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "form", "width"], name="photo_has_each_size_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.photo_id} {self.width}.{self.form}"

    @property
    def url(self) -> str:
        return reverse("files:picture", args=[self.photo.uid, self.width, self.form])
