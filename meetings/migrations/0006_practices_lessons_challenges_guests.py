import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import in4green.common.names
import meetings.models.practices

# German and English stems of words without accents. Stop words go first: some have an umlaut.
SEARCH = """
CREATE TEXT SEARCH DICTIONARY portal_german_stop (
    TEMPLATE = pg_catalog.simple, STOPWORDS = german, ACCEPT = false
);
CREATE TEXT SEARCH DICTIONARY portal_english_stop (
    TEMPLATE = pg_catalog.simple, STOPWORDS = english, ACCEPT = false
);
CREATE TEXT SEARCH CONFIGURATION portal_german (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION portal_german
    ALTER MAPPING FOR word, hword, hword_part, asciiword, asciihword, hword_asciipart
    WITH portal_german_stop, unaccent, german_stem;
CREATE TEXT SEARCH CONFIGURATION portal_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION portal_english
    ALTER MAPPING FOR word, hword, hword_part, asciiword, asciihword, hword_asciipart
    WITH portal_english_stop, unaccent, english_stem;
"""
NO_SEARCH = """
DROP TEXT SEARCH CONFIGURATION portal_german;
DROP TEXT SEARCH CONFIGURATION portal_english;
DROP TEXT SEARCH DICTIONARY portal_german_stop;
DROP TEXT SEARCH DICTIONARY portal_english_stop;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_notes"),
        ("meetings", "0005_attendance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Trusted, so that the database's owner may add them.
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
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
                ("generation", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                (
                    "used_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last used at"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="handed in at"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest_links",
                        to="groups.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest_links",
                        to="groups.workinggroup",
                        verbose_name="working group",
                    ),
                ),
                (
                    "meetings",
                    models.ManyToManyField(
                        blank=True,
                        related_name="guest_links",
                        to="meetings.meeting",
                        verbose_name="meetings",
                    ),
                ),
            ],
            options={
                "verbose_name": "guest link",
                "verbose_name_plural": "guest links",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Practice",
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
                    "slug",
                    models.SlugField(
                        editable=False,
                        max_length=100,
                        unique=True,
                        verbose_name="name in addresses",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                ("problem", models.TextField(blank=True, max_length=4000, verbose_name="problem")),
                (
                    "solution",
                    models.TextField(blank=True, max_length=8000, verbose_name="solution"),
                ),
                (
                    "relevance",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it matters"),
                ),
                ("results", models.TextField(blank=True, max_length=4000, verbose_name="results")),
                (
                    "cost_from",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="cost in euros, at least",
                    ),
                ),
                (
                    "cost_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="cost in euros, at most",
                    ),
                ),
                (
                    "funding",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="cost and funding in words"
                    ),
                ),
                (
                    "involved",
                    models.TextField(blank=True, max_length=2000, verbose_name="who was involved"),
                ),
                (
                    "conditions",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what must be true here"
                    ),
                ),
                (
                    "obstacles",
                    models.TextField(blank=True, max_length=4000, verbose_name="obstacles"),
                ),
                (
                    "contact_name",
                    models.CharField(blank=True, max_length=120, verbose_name="contact: name"),
                ),
                (
                    "contact_address",
                    models.EmailField(blank=True, max_length=254, verbose_name="contact: e-mail"),
                ),
                (
                    "contact_agreed",
                    models.BooleanField(
                        default=False,
                        verbose_name="this person agrees that name and address are public",
                    ),
                ),
                ("contact_agreed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "links",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[meetings.models.practices.validate_links],
                        verbose_name="links",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("de", "German"),
                                ("en", "English"),
                                ("es", "Spanish"),
                                ("pt", "Portuguese"),
                                ("it", "Italian"),
                                ("el", "Greek"),
                                ("cnr", "Montenegrin"),
                                ("pl", "Polish"),
                                ("cs", "Czech"),
                                ("ca", "Catalan"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages of documents and contact",
                    ),
                ),
                (
                    "written_in",
                    models.CharField(
                        choices=[
                            ("de", "German"),
                            ("en", "English"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("it", "Italian"),
                            ("el", "Greek"),
                            ("cnr", "Montenegrin"),
                            ("pl", "Polish"),
                            ("cs", "Czech"),
                            ("ca", "Catalan"),
                        ],
                        default="de",
                        max_length=8,
                        verbose_name="language of the text",
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="sources",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("reviewed", "Reviewed"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published at"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("capture_token", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "names",
                    in4green.common.names.SearchKeyField(
                        default="", editable=False, sources=("title", "organisation", "city")
                    ),
                ),
                (
                    "sort_key",
                    in4green.common.names.SortKeyField(
                        db_collation="C", default="", editable=False, max_length=400, source="title"
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        "names", config="portal_german", weight="A"
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "names", config="portal_english", weight="A"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("portal_german"),
                                ),
                                "||",
                                django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        "problem",
                                        "solution",
                                        "relevance",
                                        config="portal_german",
                                        weight="B",
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "problem",
                                        "solution",
                                        "relevance",
                                        config="portal_english",
                                        weight="B",
                                    ),
                                    django.contrib.postgres.search.SearchConfig("portal_german"),
                                ),
                                django.contrib.postgres.search.SearchConfig("portal_german"),
                            ),
                            "||",
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.SearchVector(
                                    "results",
                                    "funding",
                                    "involved",
                                    "conditions",
                                    "obstacles",
                                    config="portal_german",
                                    weight="C",
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    "results",
                                    "funding",
                                    "involved",
                                    "conditions",
                                    "obstacles",
                                    config="portal_english",
                                    weight="C",
                                ),
                                django.contrib.postgres.search.SearchConfig("portal_german"),
                            ),
                            django.contrib.postgres.search.SearchConfig("portal_german"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
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
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="groups.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="groups.workinggroup",
                        verbose_name="working group",
                    ),
                ),
                (
                    "guest_link",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="practices",
                        to="meetings.guestlink",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        related_name="practices",
                        to="groups.topic",
                        verbose_name="topics",
                    ),
                ),
                (
                    "visits",
                    models.ManyToManyField(
                        blank=True,
                        related_name="practices",
                        to="meetings.sitevisit",
                        verbose_name="seen at these visits",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "verbose_name_plural": "practices",
                "ordering": ["sort_key", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
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
                    "verdict",
                    models.CharField(
                        choices=[
                            ("take_over", "We take it over"),
                            ("adapt", "We adapt it"),
                            ("dont", "We don't do it"),
                        ],
                        max_length=10,
                        verbose_name="what we do",
                    ),
                ),
                ("because", models.TextField(max_length=2000, verbose_name="because")),
                (
                    "written_in",
                    models.CharField(
                        choices=[
                            ("de", "German"),
                            ("en", "English"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("it", "Italian"),
                            ("el", "Greek"),
                            ("cnr", "Montenegrin"),
                            ("pl", "Polish"),
                            ("cs", "Czech"),
                            ("ca", "Catalan"),
                        ],
                        default="de",
                        max_length=8,
                        verbose_name="language of the text",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="visible to everybody"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="groups.city",
                        verbose_name="city that draws it",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="groups.workinggroup",
                        verbose_name="working group",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lessons",
                        to="meetings.sitevisit",
                        verbose_name="site visit",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lessons",
                        to="meetings.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "lesson",
                "verbose_name_plural": "lessons",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
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
                ("what", models.CharField(max_length=200, verbose_name="what is counted")),
                (
                    "value",
                    models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value"),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
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
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="meetings.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
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
                    "slug",
                    models.SlugField(
                        editable=False,
                        max_length=100,
                        unique=True,
                        verbose_name="name in addresses",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("problem", models.TextField(max_length=4000, verbose_name="problem")),
                (
                    "tried",
                    models.TextField(blank=True, max_length=4000, verbose_name="what was tried"),
                ),
                (
                    "question",
                    models.TextField(max_length=2000, verbose_name="question to the others"),
                ),
                (
                    "written_in",
                    models.CharField(
                        choices=[
                            ("de", "German"),
                            ("en", "English"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("it", "Italian"),
                            ("el", "Greek"),
                            ("cnr", "Montenegrin"),
                            ("pl", "Polish"),
                            ("cs", "Czech"),
                            ("ca", "Catalan"),
                        ],
                        default="de",
                        max_length=8,
                        verbose_name="language of the text",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="visible to everybody"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="closed at"),
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
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="groups.city",
                        verbose_name="city",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="groups.workinggroup",
                        verbose_name="working group",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        related_name="challenges",
                        to="groups.topic",
                        verbose_name="topics",
                    ),
                ),
                (
                    "practices",
                    models.ManyToManyField(
                        blank=True,
                        related_name="challenges",
                        to="meetings.practice",
                        verbose_name="practices that help",
                    ),
                ),
            ],
            options={
                "verbose_name": "challenge",
                "verbose_name_plural": "challenges",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="answer")),
                (
                    "written_in",
                    models.CharField(
                        choices=[
                            ("de", "German"),
                            ("en", "English"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("it", "Italian"),
                            ("el", "Greek"),
                            ("cnr", "Montenegrin"),
                            ("pl", "Polish"),
                            ("cs", "Czech"),
                            ("ca", "Catalan"),
                        ],
                        default="de",
                        max_length=8,
                        verbose_name="language of the text",
                    ),
                ),
                ("token", models.UUIDField(editable=False, null=True, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "accepted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="accepted at"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="groups.city",
                        verbose_name="city that answers",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="meetings.challenge",
                        verbose_name="challenge",
                    ),
                ),
                (
                    "guest_link",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="meetings.guestlink",
                    ),
                ),
                (
                    "practices",
                    models.ManyToManyField(
                        blank=True,
                        related_name="answers",
                        to="meetings.practice",
                        verbose_name="practices that help",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("as_written", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["key"], name="search_word_by_typo", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="practice",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="practice_by_words"
            ),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(
                models.F("sort_key"), models.F("title"), models.F("id"), name="practice_by_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cost_to", None),
                    models.Q(("cost_from__isnull", False), ("cost_to__gte", models.F("cost_from"))),
                    _connector="OR",
                ),
                name="practice_costs_at_most_after_at_least",
                violation_error_message="The highest cost is below the lowest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("reviewed_at__isnull", False), ("state", "reviewed")),
                    models.Q(
                        ("published_at__isnull", False),
                        ("reviewed_at__isnull", False),
                        ("state", "published"),
                    ),
                    _connector="OR",
                ),
                name="practice_is_reviewed_before_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("practice__isnull", False), ("visit__isnull", False), _connector="OR"
                ),
                name="lesson_is_about_something",
                violation_error_message="A lesson is drawn from a practice or from a visit.",
            ),
        ),
    ]
