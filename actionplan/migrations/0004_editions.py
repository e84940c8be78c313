import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Nothing of what was published is ever changed; only who published it may be forgotten.
GUARD = """
CREATE FUNCTION actionplan_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) ->> 'published_by_id' IS NULL
        AND to_jsonb(NEW) - 'published_by_id' = to_jsonb(OLD) - 'published_by_id'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an edition is never changed' USING ERRCODE = 'raise_exception';
END
$$;
CREATE TRIGGER actionplan_edition_is_frozen
    BEFORE UPDATE ON actionplan_edition
    FOR EACH ROW EXECUTE FUNCTION actionplan_guard_edition();
CREATE TRIGGER actionplan_edition_picture_is_frozen
    BEFORE UPDATE ON actionplan_editionpicture
    FOR EACH ROW EXECUTE FUNCTION actionplan_guard_edition();
"""
UNGUARD = """
DROP TRIGGER actionplan_edition_picture_is_frozen ON actionplan_editionpicture;
DROP TRIGGER actionplan_edition_is_frozen ON actionplan_edition;
DROP FUNCTION actionplan_guard_edition();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0003_reviews_votes_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="takes_comments",
            field=models.BooleanField(
                default=False,
                help_text="Comments are shown once coordination has read them.",
                verbose_name="the public may comment on editions",
            ),
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="title in English"),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="what is new")),
                (
                    "note_en",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what is new, in English"
                    ),
                ),
                ("published_at", models.DateTimeField(verbose_name="published at")),
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
                        verbose_name="status of the plan",
                    ),
                ),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="actionplan.plan",
                        verbose_name="action plan",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "number"),
                        name="edition_number_unique",
                        violation_error_message="An edition with this number was published already.",
                    )
                ],
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["plan", "-number"],
            },
        ),
        migrations.CreateModel(
            name="EditionComment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("language", models.CharField(max_length=8, verbose_name="language")),
                ("text", models.TextField(max_length=3000, verbose_name="comment")),
                ("consented_at", models.DateTimeField(verbose_name="agreed to publication at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("published", "Published"),
                            ("declined", "Declined"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="why it is not published"
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=3000, verbose_name="answer")),
                (
                    "decided_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="decided at"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="received at")),
                (
                    "form_token",
                    models.CharField(editable=False, max_length=64, null=True, unique=True),
                ),
                ("network", models.CharField(blank=True, editable=False, max_length=32)),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="actionplan.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="edition_comment_declined_with_a_reason",
                        violation_error_message="Please say why it is not published.",
                    )
                ],
                "verbose_name": "comment on an edition",
                "verbose_name_plural": "comments on editions",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word (DOCX)"),
                            ("odt", "OpenDocument (ODT)"),
                            ("xlsx", "Excel (XLSX)"),
                            ("csv", "CSV"),
                            ("json", "JSON"),
                        ],
                        max_length=4,
                        verbose_name="format",
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
                ("file", models.FileField(upload_to="editions", verbose_name="file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="actionplan.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "format", "language"), name="edition_file_once"
                    )
                ],
                "verbose_name": "file of an edition",
                "verbose_name_plural": "files of editions",
                "ordering": ["language", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EditionPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("html", models.TextField()),
                ("contents", models.JSONField(default=list)),
                ("words", models.PositiveIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="actionplan.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "language"), name="edition_page_once_a_language"
                    )
                ],
                "verbose_name": "page of an edition",
                "verbose_name_plural": "pages of editions",
            },
        ),
        migrations.CreateModel(
            name="EditionPicture",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("file", models.FileField(upload_to="editions", verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="actionplan.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of an edition",
                "verbose_name_plural": "pictures of editions",
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
