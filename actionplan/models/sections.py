"""Sections: a tree with texts in one or two languages, each with a state of its own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from actionplan.models.plan import OfPlan, Plan, in_language
from actionplan.querysets import SectionQuerySet
from groups.models import WorkingGroup
from in4green.common.versioned.models import Versioned
from in4green.livetext.models import LiveText


class Section(OfPlan, Versioned):
    """Deleted ones wait in the bin; their texts are kept as long as they do."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", pgettext_lazy("section of a plan", "In review")
        APPROVED = "approved", _("Agreed")

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="sections", verbose_name=_("action plan")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)
    # Which part of the template it was made from; empty for one of the group's own.
    key = models.SlugField(max_length=50, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    guidance = models.TextField(
        _("guidance"),
        max_length=4000,
        blank=True,
        help_text=_("What belongs here. Only those who write see it."),
    )
    responsible = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    word_limit = models.PositiveIntegerField(
        _("about so many words"),
        null=True,
        blank=True,
        help_text=_("Nobody is stopped by it; who writes more is told."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="section_is_not_part_of_itself",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:section", args=[self.plan.slug, self.pk])

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class SectionText(models.Model):
    """What a section says in one language."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    text = models.OneToOneField(
        LiveText, models.PROTECT, related_name="section_text", editable=False
    )
    # Of a translation: which state of the original it was last found to match.
    matches_epoch = models.PositiveIntegerField(null=True, editable=False)
    matches_seq = models.BigIntegerField(null=True, editable=False)
    matched_at = models.DateTimeField(null=True, editable=False)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("text of a section")
        verbose_name_plural = _("texts of sections")
        ordering = ["section", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "language"], name="section_text_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} ({self.get_language_display()})"

    def get_absolute_url(self) -> str:
        return reverse("plan:text", args=[self.section.plan.slug, self.section_id, self.language])

    @property
    def group(self) -> WorkingGroup:
        return self.section.plan.group

    @property
    def group_id(self) -> int:
        return self.section.plan.group_id

    @property
    def is_original(self) -> bool:
        return self.language == self.section.plan.language

    def is_older_than(self, original: LiveText) -> bool:
        """Whether the original has changed since this translation was found to match it."""
        if self.matches_seq is None:
            return False
        return (self.matches_epoch, self.matches_seq) != (original.epoch, original.head_seq)


class SectionStatusChange(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="status_changes")
    status = models.CharField(_("status"), max_length=10, choices=Section.Status)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of a section’s status")
        verbose_name_plural = _("changes of sections’ status")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.section}: {self.get_status_display()}"


class TemplateSection(models.Model):
    """What a new plan begins with: title, order and guidance are data, to be changed by people."""

    key = models.SlugField(_("key"), max_length=50, unique=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children",
        verbose_name=_("part of"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("position"), default=0)
    title_de = models.CharField(_("title in German"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    guidance_de = models.TextField(_("guidance in German"), max_length=4000, blank=True)
    guidance_en = models.TextField(_("guidance in English"), max_length=4000, blank=True)
    word_limit = models.PositiveIntegerField(_("about so many words"), null=True, blank=True)
    # Names of live tables that the text begins with.
    tables = models.JSONField(_("tables"), default=list, blank=True)

    class Meta:
        verbose_name = _("section of the template")
        verbose_name_plural = _("sections of the template")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title_de if get_language() == "de" else self.title_en

    def facts(self, language: str) -> dict[str, Any]:
        """What a section of a plan in this language begins with."""
        facts = {"key": self.key, "word_limit": self.word_limit}
        if language == "de":
            return facts | {
                "title": self.title_de, "title_en": self.title_en, "guidance": self.guidance_de,
            }  # fmt: skip
        return facts | {"title": self.title_en, "guidance": self.guidance_en}
