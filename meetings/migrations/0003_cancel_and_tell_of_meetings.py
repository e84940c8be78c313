import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_keep_sessions_within_their_meeting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("generation", models.PositiveSmallIntegerField(default=1)),
                ("is_on", models.BooleanField(default=True)),
                ("renewed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_link",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar link",
                "verbose_name_plural": "calendar links",
            },
        ),
        migrations.CreateModel(
            name="Correspondence",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="correspondence",
                        serialize=False,
                        to="meetings.meeting",
                    ),
                ),
                ("told", models.JSONField(default=dict)),
                ("tell_at", models.DateTimeField(null=True)),
                ("week_reminded_for", models.DateField(null=True)),
                ("day_reminded_for", models.DateField(null=True)),
                ("record_told_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "correspondence",
                "verbose_name_plural": "correspondence",
                "indexes": [
                    models.Index(
                        condition=models.Q(("tell_at__isnull", False)),
                        fields=["tell_at"],
                        name="correspondence_waiting",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="cancelled_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="cancelled at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="cancelled_because",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="reason"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="programme_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="status",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("held", "Held"),
                    ("published", "Record published"),
                    ("cancelled", "Cancelled"),
                ],
                db_index=True,
                default="planned",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", False), ("status", "cancelled")),
                    models.Q(
                        models.Q(("status", "cancelled"), _negated=True), ("cancelled_at", None)
                    ),
                    _connector="OR",
                ),
                name="meeting_is_cancelled_at_some_time",
            ),
        ),
    ]
