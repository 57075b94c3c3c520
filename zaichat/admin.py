"""The panel's view of background processes."""

from django.contrib import admin

from zaichat.accounts.panel.rows import ReadOnly
from zaichat.models import Due, Worker


@admin.register(Worker)
class WorkerAdmin(ReadOnly):
    list_display = ("role", "host", "started_at", "beat_at")
    list_filter = ("role",)
    ordering = ("-beat_at",)


@admin.register(Due)
class DueAdmin(ReadOnly):
    list_display = ("name", "at")
