from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0001_plans_and_actions"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="last_action_number",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
