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


class Kind(models.TextChoices):
    IMAGE = "image", _("picture")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, user: "User | AnonymousUser") -> "StoredFileQuerySet":
        return self.filter(owner_id=user.pk, deleted_at=None)


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
