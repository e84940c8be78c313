from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_minutes_decisions_follow_ups"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="notes",
            field=models.TextField(blank=True, max_length=4000, verbose_name="notes"),
        ),
    ]
