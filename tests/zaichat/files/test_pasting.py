"""A long paste is kept as it stands."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zaichat.files.models import StoredFile

PAGE = "<!doctype html><html><body><p>Why is this red? 为什么？</p></body></html>\n" * 40


def test_markup_that_was_pasted_is_asked_about_as_it_stands(hers: Client) -> None:
    brought = SimpleUploadedFile("Pasted text.pasted", PAGE.encode())
    said = hers.post("/files/", {"file": brought, "pasted": "1"}).json()
    assert (said["kind"], said["name"]) == ("document", "Pasted text.txt")
    assert said["origin"]["pasted"] == len(PAGE)
    assert "<p>Why is this red?" in StoredFile.objects.get().pages.first().text  # type: ignore[union-attr]
