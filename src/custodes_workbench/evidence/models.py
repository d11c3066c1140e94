"""The tables of evidence. No column holds the text of a sample but `FilePart`, which is sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes_workbench.handling.models import ReaderKey
from custodes_workbench.rounds.models import Round


class Audit(models.Model):
    """An audit of a system of a round; what it says is in its versions."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="audits")
    audit_id = models.CharField(max_length=100)
    """Its id in the round."""
    system_id = models.CharField(max_length=80)
    """The system that it is about."""

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "audit_id"], name="audit_id_once")]

    def __str__(self) -> str:
        return self.audit_id

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("evidence:audit", args=[self.round.slug, self.audit_id])

    @property
    def history_name(self) -> str:
        """How the history names it."""
        return f"audit {self.round.slug}/{self.audit_id}"


class AuditVersion(models.Model):
    """What an audit says from one moment on; it is never changed."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    """Its number, from 1; the highest stands."""
    record = models.JSONField()
    """The library's `Audit` as JSON, with its runs: counts, scores and digests."""
    withdrawn_because = models.TextField(blank=True)
    """Why the audit does not count any more; empty while it does."""
    reason = models.TextField()
    """Why this version was made."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["audit", "n"], name="audit_version_once")]

    def __str__(self) -> str:
        return f"version {self.n}"


class KeptFile(models.Model):
    """An audit file that is kept, encrypted to its named readers."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="kept_files")
    path = models.CharField(max_length=300)
    """Its name in the folder `evidence`."""
    sha256 = models.CharField(max_length=64)
    """Digest of the file as it was sent."""
    size = models.PositiveBigIntegerField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["audit", "path"], name="kept_file_once")]

    def __str__(self) -> str:
        return self.path

    @property
    def sealed_name(self) -> str:
        """What its ciphertext is bound to."""
        return f"audit file {self.pk} {self.sha256}"


class FilePart(models.Model):
    """A piece of a kept file, sealed."""

    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="parts")
    n = models.PositiveIntegerField()
    """Its place, from 0."""
    sealed = models.BinaryField()

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["file", "n"], name="file_part_once")]

    def __str__(self) -> str:
        return f"part {self.n} of {self.file_id}"


class FileReader(models.Model):
    """A named reader of a kept file, with the file's key wrapped for them."""

    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="readers")
    key = models.ForeignKey(ReaderKey, on_delete=models.PROTECT, related_name="audit_files")
    ephemeral = models.BinaryField()
    wrapped = models.BinaryField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="file_reader_once")]

    def __str__(self) -> str:
        return f"person {self.key.person_id} reads {self.file_id}"


class FileOpening(models.Model):
    """That somebody opened a kept file."""

    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"person {self.person_id} opened {self.file_id}"


class RefusedFile(models.Model):
    """A file that was sent as part of an audit and not taken in, with the cure."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="refused_files")
    system_id = models.CharField(max_length=80)
    file = models.CharField(max_length=300)
    reason = models.TextField()
    cure = models.TextField(blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


class FindingAnswer(models.Model):
    """What somebody said to a finding; until there is one, the finding is open."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="finding_answers")
    n = models.PositiveIntegerField()
    """The version of the audit that it answers; a later finding is open again."""
    text = models.TextField()
    whose = models.CharField(max_length=200)
    """Who says so, as an organisation or an office; whoever wrote it down is `by`."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"answer to {self.audit_id}"


class Judge(models.Model):
    """Somebody who judges tests of a system, under a letter that no other system shares."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="test_judges")
    system_id = models.CharField(max_length=80)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    letter = models.CharField(max_length=4)

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "system_id", "person"], name="test_judge_once"
            ),
            models.UniqueConstraint(
                fields=["round", "system_id", "letter"], name="test_judge_letter_once"
            ),
        ]

    def __str__(self) -> str:
        return self.letter

    @property
    def computed_as(self) -> str:
        """How a result names them."""
        return f"system:{self.system_id}/{self.letter}"


class StrengthAnswer(models.Model):
    """How strong one expert judges the tests of an audit, for one hazard; never changed."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="strength_answers")
    n = models.PositiveIntegerField()
    """The version of the audit that was judged."""
    hazard = models.CharField(max_length=40)
    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="answers")
    judged = models.JSONField()
    """By name of the strength, the library's `Amount` as JSON; what is left out was not judged."""
    reason = models.TextField()
    answer_round = models.PositiveSmallIntegerField(choices=[(1, "blind"), (2, "revised")])
    """Blind as long as nobody has seen what others said."""
    pooled_in = models.ForeignKey(
        AuditVersion, on_delete=models.PROTECT, null=True, related_name="strength_answers"
    )
    """The first version that it went into; none while nobody but its author sees it."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.judge} on {self.audit}"
