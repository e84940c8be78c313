import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("livetext", "0005_files_on_their_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="textupdate",
            name="accepted_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="textupdate",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edit", "Edited"),
                    ("form", "Edited by form"),
                    ("restore", "Restored"),
                    ("comment", "Commented"),
                    ("import", "Imported"),
                    ("proposal", "Proposal accepted"),
                ],
                db_default="edit",
                default="edit",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="textversion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("automatic", "Automatic"),
                    ("named", "Named"),
                    ("status", "Status"),
                    ("restored", "Before a restore"),
                    ("proposal", "Proposal accepted"),
                ],
                default="automatic",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="TextProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base_epoch", models.PositiveIntegerField()),
                ("base_seq", models.BigIntegerField()),
                ("base", models.JSONField()),
                ("content", models.JSONField()),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="Why you propose this"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not sent yet"),
                            ("sent", "Waits for a decision"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="livetext.livetext",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), ("sent_at__isnull", False), _connector="XOR"
                        ),
                        name="textproposal_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="textproposal_decided_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="livetext.textproposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProposedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("old_start", models.PositiveIntegerField()),
                ("old_end", models.PositiveIntegerField()),
                ("new_start", models.PositiveIntegerField()),
                ("new_end", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("accepted", "Accepted"),
                            ("anew", "Accepted, inserted anew"),
                            ("declined", "Declined"),
                            ("moot", "Was so already"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="livetext.proposaldecision",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="livetext.textproposal",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "number"), name="proposedchange_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", ""), ("decision__isnull", False), _connector="XOR"
                        ),
                        name="proposedchange_verdict_has_decision",
                    ),
                ],
            },
        ),
    ]
