import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import in4green.common.names


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_notes"),
        ("meetings", "0004_files_and_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "sort_key",
                    in4green.common.names.SortKeyField(
                        db_collation="C", default="", editable=False, max_length=400, source="name"
                    ),
                ),
                (
                    "search_key",
                    in4green.common.names.SearchKeyField(
                        default="", editable=False, sources=("name", "organisation", "role")
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        default="de",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                (
                    "is_guest",
                    models.BooleanField(
                        default=False, verbose_name="guest from outside the delegations"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                (
                    "organisation_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public_administration", "Public administration"),
                            ("municipal_company", "Municipal company"),
                            ("company", "Company"),
                            ("association", "Association or chamber"),
                            ("union", "Trade union"),
                            ("research", "Research or education"),
                            ("civil_society", "Civil society"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="kind of organisation",
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120, verbose_name="role")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "no answer yet"),
                            ("coming", "is coming"),
                            ("online", "takes part online"),
                            ("not_coming", "can't come"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="answered at"
                    ),
                ),
                ("generation", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="groups.city",
                        verbose_name="represents the city",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Needs",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("diet", models.TextField(blank=True, max_length=500, verbose_name="food")),
                (
                    "access",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="access and support"
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "participation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="meetings.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "needs",
                "verbose_name_plural": "needs",
            },
        ),
        migrations.CreateModel(
            name="NamingConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text_version",
                    models.PositiveSmallIntegerField(verbose_name="version of the text"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="given at"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="meetings.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent to be named",
                "verbose_name_plural": "consents to be named",
                "ordering": ["given_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("excused", "excused"),
                            ("absent", "absent"),
                        ],
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="recorded at"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="attendances",
                        to="meetings.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="meetings.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendances",
                "ordering": ["day", "session", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                models.F("meeting"), models.F("sort_key"), name="participation_by_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("meeting", "user"),
                name="participation_once_per_account",
                violation_error_message="This person is already on the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                models.F("meeting"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="participation_once_per_address",
                violation_error_message="Somebody with this address is already on the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="participation_has_a_name",
                violation_error_message="A person on the list has a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="namingconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("participation",),
                name="naming_consent_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day__isnull", True), ("session__isnull", True), _connector="XOR"
                ),
                name="attendance_of_a_day_or_of_a_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("session", None)),
                fields=("participation", "day"),
                name="attendance_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("day", None)),
                fields=("participation", "session"),
                name="attendance_once_a_session",
            ),
        ),
    ]
