"""What is kept of a text: a log of changes without gaps, and verified snapshots."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from in4green.livetext.models.texts import LiveText


class TextUpdate(models.Model):
    """One committed change; append-only until compaction thins it."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("Edited")
        FORM = "form", _("Edited by form")
        RESTORE = "restore", _("Restored")
        COMMENT = "comment", _("Commented")
        IMPORT = "import", _("Imported")
        PROPOSAL = "proposal", _("Proposal accepted")

    # Every key that somebody types is a row here: the one index is the constraint's.
    text = models.ForeignKey(LiveText, models.CASCADE, related_name="updates", db_index=False)
    epoch = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Who took the author's words in, where somebody else had proposed them.
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    payload = models.BinaryField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EDIT, db_default=Kind.EDIT)
    at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        constraints = [
            models.UniqueConstraint(fields=["text", "epoch", "seq"], name="textupdate_seq_unique")
        ]

    def __str__(self) -> str:
        return f"{self.text_id}.{self.epoch}/{self.seq}"


class TextClient(models.Model):
    """Whose a CRDT client id is: the first user who committed under it, over all connections."""

    text = models.ForeignKey(LiveText, models.CASCADE, related_name="clients")
    epoch = models.PositiveIntegerField(default=1)
    client_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "epoch", "client_id"], name="textclient_unique")
        ]

    def __str__(self) -> str:
        return f"{self.text_id}.{self.epoch} {self.client_id}"


class TextSnapshot(models.Model):
    """The whole text at one number, proven complete; readable without any CRDT code."""

    text = models.ForeignKey(LiveText, models.CASCADE, related_name="snapshots")
    epoch = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField()
    state = models.BinaryField()
    state_vector = models.BinaryField()
    # Where each struct hangs, for the gate: it bounds the depth over many small updates.
    depths = models.BinaryField(default=b"")
    content_json = models.JSONField()
    plain_text = models.TextField(blank=True)
    checksum = models.CharField(max_length=64)  # SHA-256 of the state, hexadecimal
    # What our schema doesn't allow: an editor would delete it for everybody.
    misfits = models.JSONField(default=list)
    # When it was found equal to a replay of the log since the verified one before it.
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-seq"]
        constraints = [
            models.UniqueConstraint(fields=["text", "epoch", "seq"], name="textsnapshot_seq_unique")
        ]

    def __str__(self) -> str:
        return f"{self.text_id}.{self.epoch}/{self.seq}"
