import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("groups", "0004_notes"),
        ("groups", "__first__"),
        ("livetext", "0004_one_index_for_the_log"),
        ("meetings", "0012_printouts_are_tried_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
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
                ("slug", models.SlugField(unique=True, verbose_name="name in addresses")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="title in English"),
                ),
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
                    "status",
                    models.CharField(
                        choices=[
                            ("roadmap", "Roadmap"),
                            ("draft", "Draft"),
                            ("peer_reviewed", "Reviewed by peers"),
                            ("final", "Final"),
                            ("adopted", "Adopted"),
                            ("in_implementation", "Being carried out"),
                        ],
                        default="roadmap",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "quorum",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="So many of the group’s members must vote for a vote to count.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="quorum in percent",
                    ),
                ),
                (
                    "majority",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="More than so many of the votes cast must be in favour.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="majority in percent",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="begun at")),
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="groups.workinggroup",
                        verbose_name="working group",
                    ),
                ),
            ],
            options={
                "verbose_name": "action plan",
                "verbose_name_plural": "action plans",
                "ordering": ["group", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="plan_has_slug"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("title", models.CharField(max_length=300, verbose_name="objective")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="objective in English"
                    ),
                ),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="actionplan.objective",
                        verbose_name="strategic objective",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objectives",
                        to="actionplan.plan",
                        verbose_name="action plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="objective_is_not_part_of_itself",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingSource",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "Municipal budget"),
                            ("state", "State"),
                            ("national", "Federal or national"),
                            ("eu", "European Union"),
                            ("private", "Companies"),
                            ("foundation", "Foundations and donations"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="funding source")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="funding source in English"
                    ),
                ),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding_sources",
                        to="actionplan.plan",
                        verbose_name="action plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "funding source",
                "verbose_name_plural": "funding sources",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Area",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("title", models.CharField(max_length=200, verbose_name="area of intervention")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="area of intervention in English"
                    ),
                ),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="actionplan.plan",
                        verbose_name="action plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "area of intervention",
                "verbose_name_plural": "areas of intervention",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Action",
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
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                (
                    "position",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="position"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="title in English"),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="in one or two sentences"
                    ),
                ),
                (
                    "summary_en",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="the same in English"
                    ),
                ),
                (
                    "lead_name",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        verbose_name="responsible person without an account",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost in euros",
                    ),
                ),
                (
                    "cost_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="how the cost was estimated"
                    ),
                ),
                (
                    "is_unfunded",
                    models.BooleanField(
                        default=False,
                        help_text="There is no money for it so far. The plan says so openly.",
                        verbose_name="not funded",
                    ),
                ),
                (
                    "dropped_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="dropped at"),
                ),
                (
                    "dropped_because",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="why it was dropped"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "deleted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="deleted at"),
                ),
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
                    "lead_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible member",
                    ),
                ),
                (
                    "lead_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="led_actions",
                        to="groups.organisation",
                        verbose_name="lead organisation",
                    ),
                ),
                (
                    "lessons",
                    models.ManyToManyField(
                        blank=True,
                        related_name="actions",
                        to="meetings.lesson",
                        verbose_name="lessons that led to it",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="partnered_actions",
                        to="groups.organisation",
                        verbose_name="partners",
                    ),
                ),
                (
                    "practices",
                    models.ManyToManyField(
                        blank=True,
                        related_name="actions",
                        to="meetings.practice",
                        verbose_name="practices that inspired it",
                    ),
                ),
                (
                    "text",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action",
                        to="livetext.livetext",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="actions", to="groups.topic", verbose_name="topics"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="actionplan.area",
                        verbose_name="area of intervention",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="actionplan.objective",
                        verbose_name="objective",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="actionplan.plan",
                        verbose_name="action plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["position", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="action_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="action_ends_after_it_begins",
                        violation_error_message="An action must not end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("roadmap", "Roadmap"),
                            ("draft", "Draft"),
                            ("peer_reviewed", "Reviewed by peers"),
                            ("final", "Final"),
                            ("adopted", "Adopted"),
                            ("in_implementation", "Being carried out"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="on")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_changes",
                        to="actionplan.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a plan’s status",
                "verbose_name_plural": "changes of plans’ status",
                "ordering": ["-happened_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Risk",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("financial", "Financial"),
                            ("legal", "Legal"),
                            ("technical", "Technical"),
                            ("organisational", "Organisational"),
                            ("political", "Political"),
                            ("acceptance", "Acceptance"),
                            ("environmental", "Environmental"),
                            ("other", "Other"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="risk")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=300, verbose_name="risk in English"),
                ),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "very low"),
                            (2, "low"),
                            (3, "medium"),
                            (4, "high"),
                            (5, "very high"),
                        ],
                        verbose_name="likelihood",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "very low"),
                            (2, "low"),
                            (3, "medium"),
                            (4, "high"),
                            (5, "very high"),
                        ],
                        verbose_name="impact",
                    ),
                ),
                (
                    "mitigation",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what we do about it"
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="who keeps an eye on it"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risks",
                        to="actionplan.action",
                        verbose_name="action",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "risk",
                "verbose_name_plural": "risks",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__range", (1, 5)), ("likelihood__range", (1, 5))
                        ),
                        name="risk_levels_are_one_to_five",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                (
                    "position",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="position"),
                ),
                ("key", models.SlugField(blank=True, editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="title in English"),
                ),
                (
                    "guidance",
                    models.TextField(
                        blank=True,
                        help_text="What belongs here. Only those who write see it.",
                        max_length=4000,
                        verbose_name="guidance",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "word_limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Nobody is stopped by it; who writes more is told.",
                        null=True,
                        verbose_name="about so many words",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("approved", "Agreed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "deleted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="deleted at"),
                ),
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
                    "deleted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="actionplan.section",
                        verbose_name="part of",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="actionplan.plan",
                        verbose_name="action plan",
                    ),
                ),
                (
                    "responsible",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="section_is_not_part_of_itself",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionStatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("approved", "Agreed"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_changes",
                        to="actionplan.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a section’s status",
                "verbose_name_plural": "changes of sections’ status",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SectionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                ("matches_epoch", models.PositiveIntegerField(editable=False, null=True)),
                ("matches_seq", models.BigIntegerField(editable=False, null=True)),
                ("matched_at", models.DateTimeField(editable=False, null=True)),
                (
                    "matched_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="actionplan.section",
                    ),
                ),
                (
                    "text",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_text",
                        to="livetext.livetext",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a section",
                "verbose_name_plural": "texts of sections",
                "ordering": ["section", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "language"), name="section_text_once_a_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("title", models.CharField(max_length=200, verbose_name="step")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="step in English"),
                ),
                ("responsible", models.CharField(blank=True, max_length=200, verbose_name="who")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="actionplan.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "after",
                    models.ManyToManyField(
                        blank=True,
                        related_name="before",
                        to="actionplan.step",
                        verbose_name="only after",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="step_ends_after_it_begins",
                        violation_error_message="A step must not end before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("title_de", models.CharField(max_length=200, verbose_name="title in German")),
                ("title_en", models.CharField(max_length=200, verbose_name="title in English")),
                (
                    "guidance_de",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="guidance in German"
                    ),
                ),
                (
                    "guidance_en",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="guidance in English"
                    ),
                ),
                (
                    "word_limit",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="about so many words"
                    ),
                ),
                ("tables", models.JSONField(blank=True, default=list, verbose_name="tables")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="actionplan.templatesection",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of the template",
                "verbose_name_plural": "sections of the template",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TestingAction",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("title", models.CharField(max_length=200, verbose_name="what is tried out")),
                ("hypothesis", models.TextField(max_length=1000, verbose_name="hypothesis")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="budget in euros",
                    ),
                ),
                (
                    "happened",
                    models.TextField(blank=True, max_length=2000, verbose_name="what happened"),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("go", "Go on"), ("change", "Change it"), ("stop", "Stop it")],
                        max_length=6,
                        verbose_name="what follows",
                    ),
                ),
                ("because", models.TextField(blank=True, max_length=1000, verbose_name="because")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="testing_actions",
                        to="actionplan.action",
                        verbose_name="action",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "testing action",
                "verbose_name_plural": "testing actions",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="testing_action_ends_after_it_begins",
                        violation_error_message="It must not end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", ""),
                            models.Q(("happened", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="testing_action_decides_on_what_happened",
                        violation_error_message="Please say first what happened.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Funding",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "planned",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="planned",
                    ),
                ),
                (
                    "secured",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="secured",
                    ),
                ),
                (
                    "spent",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="spent",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fundings",
                        to="actionplan.action",
                        verbose_name="action",
                    ),
                ),
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
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fundings",
                        to="actionplan.fundingsource",
                        verbose_name="funding source",
                    ),
                ),
            ],
            options={
                "verbose_name": "funding",
                "verbose_name_plural": "fundings",
                "ordering": ["year", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "source", "year"),
                        name="funding_once_a_source_and_year",
                        violation_error_message="This source stands here for this year already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[("output", "Output"), ("result", "Result")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("number", "Number"), ("yes_no", "Yes or no"), ("words", "Words")],
                        default="number",
                        max_length=6,
                        verbose_name="measured by",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="indicator")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="indicator in English"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=16,
                        null=True,
                        verbose_name="baseline",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=16,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "baseline_words",
                    models.CharField(blank=True, max_length=300, verbose_name="baseline in words"),
                ),
                (
                    "target_words",
                    models.CharField(blank=True, max_length=300, verbose_name="target in words"),
                ),
                (
                    "baseline_on",
                    models.DateField(blank=True, null=True, verbose_name="baseline of"),
                ),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="target by")),
                (
                    "source",
                    models.CharField(blank=True, max_length=300, verbose_name="source of the data"),
                ),
                (
                    "responsible",
                    models.CharField(blank=True, max_length=200, verbose_name="who measures"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="actionplan.action",
                        verbose_name="action",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "number"), _negated=True),
                            models.Q(("unit", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="indicator_number_has_a_unit",
                        violation_error_message="Please say in which unit the number is counted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "yes_no"), _negated=True),
                            models.Q(
                                models.Q(
                                    ("baseline", None), ("baseline__in", [0, 1]), _connector="OR"
                                ),
                                models.Q(("target", None), ("target__in", [0, 1]), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_yes_is_one_and_no_is_zero",
                    ),
                ],
            },
        ),
    ]
