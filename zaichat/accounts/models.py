"""User, and the ledger of what was paid for whom."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.ids import new_id


class Theme(models.TextChoices):
    AUTO = "auto", _("Like the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class SendKey(models.TextChoices):
    ENTER = "enter", _("Enter")
    CTRL_ENTER = "ctrl_enter", _("Ctrl+Enter")


class ThinkingShown(models.TextChoices):
    CLOSED = "closed", _("Closed")
    LIVE = "live", _("Open while it is written")
    OPEN = "open", _("Always open")


class User(AbstractUser):
    """A person. Empty settings mean: ask the browser, then the installation's default."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    default_model = models.CharField(_("model for new chats"), max_length=100, blank=True)
    send_key = models.CharField(
        _("key that sends"), max_length=10, choices=SendKey.choices, default=SendKey.ENTER
    )
    thinking_shown = models.CharField(
        _("thinking is shown"),
        max_length=6,
        choices=ThinkingShown.choices,
        default=ThinkingShown.CLOSED,
    )
    shortcuts_on = models.BooleanField(_("keyboard shortcuts"), default=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")  # type: ignore[assignment]
        verbose_name_plural = _("people")  # type: ignore[assignment]


class Installation(models.Model):
    """This server as its owner set it up: one row, made when something is first written."""

    ONLY = 1

    sign_up_open = models.BooleanField(
        _("sign-up is open"),
        default=False,
        help_text=_("Anybody who reaches this server may then make an account."),
    )
    owner_came_at = models.DateTimeField(
        _("first account made"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return str(_("This server"))

    @classmethod
    def current(cls) -> "Installation":
        """The row, or its defaults (not saved) while there is none."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)

    @classmethod
    def admit_owner(cls) -> bool:
        """Take the one place of the first account. False when somebody else was quicker."""
        cls.objects.get_or_create(pk=cls.ONLY)
        vacant = cls.objects.filter(pk=cls.ONLY, owner_came_at=None)
        return vacant.update(owner_came_at=now()) == 1


class Kind(models.TextChoices):
    RESERVE = "reserve", _("reserved")
    SETTLE = "settle", _("settled")
    REFUND = "refund", _("refunded")


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def visible_to(self, user: "User | AnonymousUser") -> "LedgerEntryQuerySet":
        return self.filter(owner_id=user.pk)

    def of_call(self, call: UUID) -> "LedgerEntryQuerySet":
        return self.filter(call=call)


class LedgerEntry(models.Model):
    """One line about one paid call; lines are added, never changed.

    `amount_nano` is in billionths of `currency`. A reservation is closed exactly once: by what
    the call cost (settle) or by nothing (refund). `price_known` is false where the catalog has
    no price; the amount is then zero and means "unknown".
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger", verbose_name=_("owner")
    )
    call = models.UUIDField(_("call"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    purpose = models.CharField(_("purpose"), max_length=20)
    subject = models.UUIDField(_("subject"), null=True, blank=True)
    model = models.CharField(_("model"), max_length=100)
    amount_nano = models.BigIntegerField(_("amount, billionths"))
    currency = models.CharField(_("currency"), max_length=3)
    price_known = models.BooleanField(_("price known"), default=True)
    estimated = models.BooleanField(_("estimated"), default=False)
    usage = models.JSONField(_("usage"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [
            models.Index(fields=["owner", "created_at"], name="ledger_by_owner"),
            models.Index(
                fields=["subject"],
                name="ledger_by_subject",
                condition=models.Q(kind="reserve"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(kind="reserve"), name="call_reserved_once"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=~models.Q(kind="reserve"), name="call_closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_nano} {self.currency}"
