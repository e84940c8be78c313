"""Cities, topics, working groups and the organisations in them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from groups.querysets import OrganisationQuerySet, WorkingGroupQuerySet


class City(models.Model):
    """A partner city of the network."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    country = models.CharField(_("country (ISO 3166-1)"), max_length=2)
    # For public holidays, which move promised dates.
    subdivision = models.CharField(_("region (ISO 3166-2)"), max_length=6, blank=True)
    language = models.CharField(_("language of the name (BCP 47)"), max_length=8)
    latitude = models.FloatField(
        _("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    is_lead = models.BooleanField(_("lead partner"), default=False)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """One of the network's topics."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name_de = models.CharField(_("name in German"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_de if get_language() == "de" else self.name_en


class Organisation(models.Model):
    """Who sends people into a working group."""

    class Kind(models.TextChoices):
        PUBLIC_ADMINISTRATION = "public_administration", _("Public administration")
        MUNICIPAL_COMPANY = "municipal_company", _("Municipal company")
        COMPANY = "company", _("Company")
        ASSOCIATION = "association", _("Association or chamber")
        UNION = "union", _("Trade union")
        RESEARCH = "research", _("Research or education")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    city = models.ForeignKey(
        City, models.PROTECT, related_name="organisations", verbose_name=_("city")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name"],
                name="organisation_unique_in_city",
                violation_error_message=_("This organisation is already recorded for the city."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class WorkingGroup(models.Model):
    """A city's local working group (URBACT Local Group)."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    city = models.ForeignKey(City, models.PROTECT, related_name="groups", verbose_name=_("city"))
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    coordination_address = models.EmailField(
        _("coordination address"),
        help_text=_("The functional mailbox of project coordination: it hears of every sign-up."),
    )
    deputies = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="deputy_of",
        verbose_name=_("deputies"),
        help_text=_("They are told when an answer is overdue or coordination is away."),
    )
    absent_until = models.DateField(
        _("coordination is away until"),
        null=True,
        blank=True,
        help_text=_("Up to and including this day the deputies are told as well."),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="groups", verbose_name=_("topics")
    )
    accepts_interest = models.BooleanField(_("open for new members"), default=True)

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="group_has_slug", condition=~Q(slug="")),
        ]

    def __str__(self) -> str:
        return self.name
