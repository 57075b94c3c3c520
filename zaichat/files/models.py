"""StoredFile: something a person brought or had made, and where its bytes are."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.ids import new_id

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User

MAX_NAME = 120
MAX_LABEL = 60


class Kind(models.TextChoices):
    IMAGE = "image", _("picture")
    DOCUMENT = "document", _("document")
    VIDEO = "video", _("film")
    AUDIO = "audio", _("recording")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, user: "User | AnonymousUser") -> "StoredFileQuerySet":
        return self.not_deleted().filter(owner_id=user.pk)

    def not_deleted(self) -> "StoredFileQuerySet":
        """For whoever shows a signed link; see zaichat.files.signing."""
        return self.filter(deleted_at=None)


class StoredFile(models.Model):
    """`path` and `thumbnail` are random names in the storage; `name` is what people call it.

    `media_type` was found in the bytes, never taken from a client. `origin` says what was brought
    where that differs: `{"format": "HEIF", "width": 4032, "height": 3024, "is_animated": false}`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="files", verbose_name=_("owner")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=MAX_NAME)
    media_type = models.CharField(_("media type"), max_length=100)
    path = models.CharField(_("path"), max_length=100, unique=True)
    thumbnail = models.CharField(_("thumbnail"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    seconds = models.FloatField(_("length, seconds"), null=True, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    colour = models.CharField(_("colour"), max_length=7, blank=True)
    origin = models.JSONField(_("as it was brought"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["owner", "-created_at"], name="files_newest")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:show", args=[self.pk])

    @property
    def thumbnail_url(self) -> str:
        return f"{self.get_absolute_url()}?size=small"

    def read(self) -> bytes:
        """The bytes. Raises OSError where the storage has lost them."""
        with default_storage.open(self.path) as file:
            return bytes(file.read())


class Page(models.Model):
    """A piece of a file that can be pointed at: a page, a sheet, a slide, a moment of a film.

    `label` is what people call it (`3`, `Umsatz 2025`, `1:05`). `picture` is the name in the
    storage of how it looks, where its text alone does not say it: a scanned page, a still.
    """

    file = models.ForeignKey(
        StoredFile, models.CASCADE, related_name="pages", verbose_name=_("file")
    )
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("label"), max_length=MAX_LABEL)
    text = models.TextField(_("text"), blank=True)
    picture = models.CharField(_("picture"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="page_number_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("files:page", args=[self.file_id, self.number])
