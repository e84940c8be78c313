"""What is kept of a text: a log of updates without gaps, verified snapshots, versions, comments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from in4green.livetext import schema
from in4green.livetext.querysets import (
    CommentThreadQuerySet,
    LiveTextQuerySet,
    TextVersionQuerySet,
)


class LiveText(models.Model):
    """A text that several people write at once. Its owner is found by ``kind`` (``owners``)."""

    kind = models.CharField(max_length=30, editable=False)
    # Raised where two histories must never be merged: restored backup, erasure, new schema.
    epoch = models.PositiveIntegerField(default=1, editable=False)
    head_seq = models.BigIntegerField(default=0, editable=False)
    snapshot_seq = models.BigIntegerField(default=0, editable=False)
    schema_version = models.PositiveSmallIntegerField(default=schema.version, editable=False)
    # Raised with every change of rights: an update that was checked before is checked again.
    perm_version = models.PositiveIntegerField(default=0, editable=False)
    # How often somebody has begun to build it since it was last built to the end.
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    quarantined_at = models.DateTimeField(_("quarantined at"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)

    objects = LiveTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("live text")
        verbose_name_plural = _("live texts")
        constraints = [
            models.CheckConstraint(
                name="livetext_snapshot_not_ahead",
                condition=Q(snapshot_seq__lte=models.F("head_seq")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TextUpdate(models.Model):
    """One committed change; append-only until compaction thins it."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("Edited")
        FORM = "form", _("Edited by form")
        RESTORE = "restore", _("Restored")
        COMMENT = "comment", _("Commented")
        IMPORT = "import", _("Imported")

    # Every key that somebody types is a row here: the one index is the constraint's.
    text = models.ForeignKey(LiveText, models.CASCADE, related_name="updates", db_index=False)
    epoch = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField()
    author = models.ForeignKey(
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


class TextVersion(models.Model):
    """A state that people can name, compare and go back to."""

    class Kind(models.TextChoices):
        AUTOMATIC = "automatic", _("Automatic")
        NAMED = "named", _("Named")
        STATUS = "status", _("Status")
        RESTORED = "restored", _("Before a restore")

    text = models.ForeignKey(LiveText, models.CASCADE, related_name="versions")
    snapshot = models.ForeignKey(TextSnapshot, models.RESTRICT, related_name="versions")
    label = models.CharField(_("name"), max_length=120, blank=True)
    # Who made it, nobody for an automatic one; ``authors`` wrote since the version before.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.AUTOMATIC)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-snapshot__seq", "-pk"]

    def __str__(self) -> str:
        return self.label or f"{self.text_id}/{self.pk}"

    @property
    def title(self) -> str:
        """Its name, or how it came about."""
        if self.label:
            return self.label
        if self.kind == self.Kind.STATUS:
            return str(_("At a change of status"))
        is_before = self.kind == self.Kind.RESTORED
        return str(_("Before a restore") if is_before else _("Kept automatically"))


class TextImage(models.Model):
    """A picture in a text: re-encoded, in private storage, for whoever may read the text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(LiveText, models.CASCADE, related_name="images")
    file = models.FileField(_("file"), upload_to="texts")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """The same in all languages: it stands in the text."""
        return reverse("text_image", args=[self.pk])


class CommentThread(models.Model):
    """A conversation on a passage; the passage carries the thread's id as a mark."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(LiveText, models.CASCADE, related_name="threads")
    quote = models.TextField(_("passage"), max_length=500)
    prefix = models.CharField(max_length=100, blank=True)
    suffix = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CommentThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment thread")
        verbose_name_plural = _("comment threads")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.quote[:60]

    @property
    def group_id(self) -> int | None:
        """For the log: which group this belongs to."""
        from in4green.livetext.owners import owner_of

        return owner_of(self.text).group_id(self.text)


class Comment(models.Model):
    thread = models.ForeignKey(CommentThread, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    body = models.TextField(_("comment"), max_length=4000)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.body[:60]
