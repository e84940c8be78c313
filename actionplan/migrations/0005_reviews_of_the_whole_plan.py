from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="is_whole",
            field=models.BooleanField(default=True, editable=False, verbose_name="the whole plan"),
        ),
    ]
