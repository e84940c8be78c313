"""Editions: the plan as it was published, unchangeable, and what the public says to it."""

import uuid
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from actionplan.edition_querysets import EditionCommentQuerySet, EditionQuerySet
from actionplan.models.plan import OfPlan, Plan, in_language


class Edition(OfPlan):
    """A trigger of the database refuses every change but the loss of the person who published."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="editions", verbose_name=_("action plan")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    note = models.TextField(_("what is new"), max_length=2000, blank=True)
    note_en = models.TextField(_("what is new, in English"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    status = models.CharField(_("status of the plan"), max_length=20, choices=Plan.Status)
    # The original first; others as far as there was a translation.
    languages = models.JSONField(_("languages"), default=list)
    # The frozen whole: docs/editions.md says what is in it.
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of the content in its canonical form

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="edition_number_unique",
                violation_error_message=_("An edition with this number was published already."),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:edition", args=[self.plan.slug, self.number])

    @property
    def said_note(self) -> str:
        return in_language(self.note, self.note_en)

    @property
    def approval(self) -> Any:
        """As ``actionplan.approval`` gave it then; None where nobody had agreed yet."""
        return self.content["approval"]

    @property
    def language_read(self) -> str:
        """The reader's, or the original where there is no translation."""
        language = get_language() or ""
        found: str = language if language in self.languages else self.languages[0]
        return found


class EditionPage(models.Model):
    """What readers get, drawn from the frozen content once; it can be drawn anew at any time."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="pages")
    language = models.CharField(max_length=8)
    html = models.TextField()
    contents = models.JSONField(default=list)  # the table of contents
    words = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("page of an edition")
        verbose_name_plural = _("pages of editions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language"], name="edition_page_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} ({self.language})"


class EditionPicture(models.Model):
    """A picture of a text as it was when an edition first showed it, under the picture's own id.

    Pictures of texts never change, so that one copy serves all editions of a plan.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="pictures")
    file = models.FileField(_("file"), upload_to="editions")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("picture of an edition")
        verbose_name_plural = _("pictures of editions")

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        return reverse("plan:edition_picture", args=[self.pk])


class EditionFile(models.Model):
    """The edition in a format to take away, made once after it was published."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word (DOCX)"
        ODT = "odt", "OpenDocument (ODT)"
        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", "CSV"
        JSON = "json", "JSON"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=4, choices=Format)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    file = models.FileField(_("file"), upload_to="editions")
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format", "language"], name="edition_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Under which it is kept on the reader's device."""
        edition = self.edition
        return f"{edition.plan.slug}-{edition.number}-{self.language}.{self.format}"

    @property
    def ending(self) -> str:
        return PurePath(str(self.file.name)).suffix

    def get_absolute_url(self) -> str:
        edition = self.edition
        return reverse(
            "plan:edition_file",
            args=[edition.plan.slug, edition.number, self.language, self.format],
        )


class EditionComment(models.Model):
    """What somebody without an account says to an edition; public once coordination agrees."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    name = models.CharField(_("name"), max_length=120)
    # Deleted some months after it came.
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("comment"), max_length=3000)
    consented_at = models.DateTimeField(_("agreed to publication at"))
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.WAITING, editable=False
    )
    reason = models.TextField(_("why it is not published"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)
    form_token = models.CharField(  # noqa: DJ001 (unique, and many rows have none)
        max_length=64, unique=True, null=True, editable=False
    )
    network = models.CharField(max_length=32, blank=True, editable=False)

    objects = EditionCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on an edition")
        verbose_name_plural = _("comments on editions")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="edition_comment_declined_with_a_reason",
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
                violation_error_message=_("Please say why it is not published."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def group_id(self) -> int:
        return self.edition.plan.group_id

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
