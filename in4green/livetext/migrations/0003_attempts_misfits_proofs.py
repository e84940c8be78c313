import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("livetext", "0002_pictures")]

    operations = [
        migrations.AddField(
            model_name="livetext",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="textsnapshot",
            name="misfits",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="textsnapshot",
            name="verified_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="textversion",
            name="snapshot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="versions",
                to="livetext.textsnapshot",
            ),
        ),
    ]
