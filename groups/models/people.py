"""Who signs in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def sharing_a_group_with(self, user: "User") -> models.QuerySet["User"]:
        """The people of the groups that the user coordinates; everybody for a superuser."""
        people = self.filter(is_active=True)
        if user.is_superuser:
            return people
        mine = user.memberships.current().coordinators().values("group")
        return people.filter(memberships__group__in=mine).distinct()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Whoever may use the command line vouches for the address, too."""
        from allauth.account.models import EmailAddress  # needs this model

        user = self.create_user(email, password, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; the e-mail address is the login."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    # Today's role in each group, where many people have been asked for at once.
    known_roles: dict[int, str] | None = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("There is already an account with this address."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def coordinates(self) -> bool:
        """Whether this person coordinates a working group today."""
        if self.known_roles is not None:
            return self.memberships.model.Role.COORDINATOR in self.known_roles.values()
        return self.memberships.current().coordinators().exists()

    @property
    def is_staff(self) -> bool:
        """Who may open the admin; it grants no row there."""
        return self.is_active and (self.is_superuser or self.coordinates)
