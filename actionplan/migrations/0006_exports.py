import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0005_reviews_of_the_whole_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being made"),
                            ("made", "ready"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_attempt_at", models.DateTimeField(editable=False, null=True)),
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
                ("progress", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "file",
                    models.FileField(
                        blank=True, editable=False, upload_to="plans", verbose_name="file"
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for at")),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="actionplan.edition",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="actionplan.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "export of a plan",
                "verbose_name_plural": "exports of plans",
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(
                        models.F("asked_at"),
                        condition=models.Q(("state", "waiting")),
                        name="plan_export_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("edition", None), ("state", "waiting")),
                        fields=("plan", "format", "language"),
                        name="plan_export_waits_once",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "format", "language"), name="edition_export_once"
                    ),
                ],
            },
        ),
    ]
