"""A good practice on one template: what a city does, what it costs, what must be true for it."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import City, Topic, WorkingGroup
from in4green.common.names import SearchKeyField, SortKeyField
from in4green.common.versioned.models import Versioned
from meetings.models.meeting import Language
from meetings.models.visits import SiteVisit
from meetings.models.words import words_of
from meetings.practice_querysets import PracticeQuerySet


def validate_links(text: str) -> None:
    """One web address on each line."""
    check = URLValidator(schemes=["https", "http"])
    for line in text.splitlines():
        try:
            check(line)
        except ValidationError as error:
            message = _("“%(line)s” is not a web address. One address belongs on each line.")
            raise ValidationError(message, code="link", params={"line": line}) from error


def amount(name: Any) -> models.DecimalField:
    return models.DecimalField(
        name,
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )


class Practice(Versioned):
    """Kept by one group; strangers see it once it is published. What is not known is empty."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEWED = "reviewed", _("Reviewed")
        PUBLISHED = "published", _("Published")

    slug = models.SlugField(_("name in addresses"), max_length=100, unique=True, editable=False)
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="practices", verbose_name=_("working group")
    )
    title = models.CharField(_("title"), max_length=200)
    city = models.ForeignKey(City, models.PROTECT, related_name="practices", verbose_name=_("city"))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="practices", verbose_name=_("topics")
    )
    problem = models.TextField(_("problem"), blank=True, max_length=4000)
    solution = models.TextField(_("solution"), blank=True, max_length=8000)
    relevance = models.TextField(_("why it matters"), blank=True, max_length=2000)
    results = models.TextField(_("results"), blank=True, max_length=4000)
    # In euros; one amount alone stands in the first.
    cost_from = amount(_("cost in euros, at least"))
    cost_to = amount(_("cost in euros, at most"))
    funding = models.TextField(_("cost and funding in words"), blank=True, max_length=2000)
    involved = models.TextField(_("who was involved"), blank=True, max_length=2000)
    conditions = models.TextField(_("what must be true here"), blank=True, max_length=4000)
    obstacles = models.TextField(_("obstacles"), blank=True, max_length=4000)
    contact_name = models.CharField(_("contact: name"), max_length=120, blank=True)
    contact_address = models.EmailField(_("contact: e-mail"), blank=True)
    contact_agreed = models.BooleanField(
        _("this person agrees that name and address are public"), default=False
    )
    contact_agreed_at = models.DateTimeField(null=True, editable=False)
    # What was jotted down at the place; never leaves the group.
    notes = models.TextField(_("notes"), blank=True, max_length=4000)
    links = models.TextField(_("links"), blank=True, max_length=4000, validators=[validate_links])
    # Of the documents, and those in which one may ask the contact.
    languages = ArrayField(
        models.CharField(max_length=8, choices=Language),
        default=list,
        blank=True,
        verbose_name=_("languages of documents and contact"),
    )
    # For ``lang``: what people have written here stays in their language.
    written_in = models.CharField(
        _("language of the text"),
        max_length=8,
        choices=Language,
        default=settings.LANGUAGE_CODE,
    )
    sources = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("sources")
    )
    visits = models.ManyToManyField(
        SiteVisit, blank=True, related_name="practices", verbose_name=_("seen at these visits")
    )

    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # Made by whoever captures: what is sent twice is there once.
    capture_token = models.UUIDField(null=True, unique=True, editable=False)
    # The guest link through which it came, if it did.
    guest_link = models.ForeignKey(
        "meetings.GuestLink",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="practices",
    )

    # As somebody may type it, and where it stands in a list, in whichever alphabet.
    names = SearchKeyField("title", "organisation", "city")
    sort_key = SortKeyField("title")
    search = models.GeneratedField(
        expression=words_of("A", "names")
        + words_of("B", "problem", "solution", "relevance")
        + words_of("C", "results", "funding", "involved", "conditions", "obstacles"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["sort_key", "title", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="practice_by_words"),
            models.Index("sort_key", "title", "id", name="practice_by_title"),
        ]
        constraints = [
            models.CheckConstraint(
                name="practice_costs_at_most_after_at_least",
                condition=Q(cost_to=None) | Q(cost_from__isnull=False, cost_to__gte=F("cost_from")),
                violation_error_message=_("The highest cost is below the lowest."),
            ),
            models.CheckConstraint(
                name="practice_is_reviewed_before_published",
                condition=Q(state="draft")
                | Q(state="reviewed", reviewed_at__isnull=False)
                | Q(state="published", reviewed_at__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practices:practice", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def has_public_contact(self) -> bool:
        return self.contact_agreed and bool(self.contact_name or self.contact_address)


class Figure(Versioned):
    """A result as a number, so that it can be compared and asked for."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="figures", verbose_name=_("practice")
    )
    what = models.CharField(_("what is counted"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what
