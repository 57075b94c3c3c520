"""Files of the stand-in: kept, listed, given back, forgotten; the official SDK and the official
files are the judges."""

import json
import time
from pathlib import Path

import httpx
import pytest
from zai.core import APIRequestFailedError

from tests.zaichat.emulator.running import Running
from tests.zaichat.emulator.sdk import Clients
from tests.zaichat.emulator.specification import judges
from zaichat.emulator.filing import store as storing
from zaichat.emulator.filing.store import FileStore
from zaichat.emulator.filing.uploads import Upload

JUDGES = judges().values()
FILES = "/api/paas/v4/files"
BATCH = b'{"custom_id":"request-0001","method":"POST","url":"/v4/chat/completions","body":{}}\n'


def ask(
    stand_in: Running, method: str, path: str = FILES, key: str = "id.secret", **more: object
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return stand_in.http.request(method, path, headers=headers, **more)


def upload(
    stand_in: Running, name: str = "a.txt", data: bytes = b"x", purpose: str = "agent", **more: str
) -> httpx.Response:
    form = {"purpose": purpose} if purpose else {}
    return ask(stand_in, "POST", data=form, files={"file": (name, data)}, **more)


def judged(shape: str, answer: httpx.Response) -> dict:
    assert answer.status_code == 200, answer.text
    for judge in JUDGES:
        judge(shape, answer.json())
    return answer.json()


def test_the_sdk_uploads_lists_reads_and_deletes(sdk: Clients, tmp_path: Path) -> None:
    client, path = sdk(), tmp_path / "lines.jsonl"
    path.write_bytes(BATCH)
    with path.open("rb") as file:
        kept = client.files.create(file=file, purpose="batch")
    assert (kept.filename, kept.bytes, kept.object) == ("lines.jsonl", len(BATCH), "file")
    assert client.files.list(purpose="batch", limit=1).data[0].id == kept.id
    assert client.files.content(kept.id).content == BATCH
    assert client.files.delete(kept.id).deleted is True
    with pytest.raises(Exception, match="404"):
        client.files.content(kept.id)


def test_answers_about_files_are_as_specified(stand_in: Running) -> None:
    kept = judged("file", upload(stand_in, "报告.pdf", b"%PDF-1.4"))
    assert kept["filename"] == "报告.pdf"
    judged("files", ask(stand_in, "GET", params={"purpose": "agent"}))
    judged("file_deleted", ask(stand_in, "DELETE", f"{FILES}/{kept['id']}"))


def test_files_are_paged_the_newest_first(stand_in: Running) -> None:
    key = "pager.secret"
    ids = [upload(stand_in, f"{n}.txt", key=key).json()["id"] for n in range(5)]
    first = ask(stand_in, "GET", key=key, params={"limit": 3}).json()
    assert [file["id"] for file in first["data"]] == ids[:1:-1]
    assert first["has_more"] is True
    rest = ask(stand_in, "GET", key=key, params={"after": ids[2]}).json()
    assert [file["id"] for file in rest["data"]] == [ids[1], ids[0]]
    assert rest["has_more"] is False


def test_another_key_does_not_see_a_file(stand_in: Running) -> None:
    id = upload(stand_in, key="mine.secret").json()["id"]
    assert ask(stand_in, "GET", key="other.secret").json()["data"] == []
    for method, path in (("DELETE", f"{FILES}/{id}"), ("GET", f"{FILES}/{id}/content")):
        assert ask(stand_in, method, path, key="other.secret").status_code == 404
    assert stand_in.http.get(FILES).json()["error"]["code"] == "1001"


@pytest.mark.parametrize(
    ("name", "data", "purpose", "code"),
    [
        ("a.txt", b"x", "", "1213"),
        ("a.txt", b"x", "party", "1214"),
        ("a.exe", b"x", "agent", "1214"),
        ("a", b"x", "agent", "1214"),
        ("a.txt", b"", "agent", "1214"),
        ("a.txt", b"x" * (20 * 1024**2 + 1), "code-interpreter", "1214"),
        ("a.png", b"x" * (5 * 1024**2 + 1), "agent", "1214"),
        ("a.txt", b"x", "batch", "1214"),
        ("a.txt", b"x", "voice-clone-input", "1214"),
        ("a.jsonl", b"{oops\n", "batch", "1210"),
        ("a.jsonl", BATCH + BATCH, "batch", "1210"),
        ("a.jsonl", b"\n\n", "batch", "1210"),
    ],
)
def test_what_a_purpose_does_not_take_is_refused(
    stand_in: Running, name: str, data: bytes, purpose: str, code: str
) -> None:
    answer = upload(stand_in, name, data, purpose)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_more_than_100_mb_is_status_435(stand_in: Running) -> None:
    assert upload(stand_in, data=bytes(100 * 1024**2 + 1)).status_code == 435


@pytest.mark.parametrize("body", [{"json": {}}, {"files": {"other": b"x"}}, {"content": b"--x"}])
def test_a_form_without_a_file_is_refused(stand_in: Running, body: dict) -> None:
    assert ask(stand_in, "POST", **body).json()["error"]["code"] in ("1210", "1213")


def test_a_form_that_breaks_off_leaves_nothing(stand_in: Running) -> None:
    headers = {
        "Authorization": "Bearer id.secret",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    half = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhal'
    answer = stand_in.http.post(FILES, content=half, headers=headers)
    assert answer.json()["error"]["code"] == "1210"


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"order": "name"}, {"after": "x"}]
)
def test_a_list_that_cannot_be_is_refused(stand_in: Running, query: dict) -> None:
    assert ask(stand_in, "GET", params=query).json()["error"]["code"] == "1214"


def test_the_content_of_other_than_batch_files_is_not_given(stand_in: Running) -> None:
    id = upload(stand_in).json()["id"]
    answer = ask(stand_in, "GET", f"{FILES}/{id}/content")
    assert answer.json()["error"]["code"] == "1214"


def test_the_sdk_hears_of_a_refused_upload(sdk: Clients) -> None:
    with pytest.raises(APIRequestFailedError, match="1214"):
        sdk().files.create(file=("a.exe", b"x"), purpose="batch")


def kept_in(store: FileStore, name: str, size: int = 1) -> str:
    path = store.folder / f"{name}.upload"
    path.write_bytes(bytes(size))
    return store.add(Upload(path, name, size), "id", "agent").id


def test_files_survive_a_restart_and_leave_after_30_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FileStore(tmp_path)
    store.open()
    old, new = kept_in(store, "old.txt"), kept_in(store, "new.txt")
    note = store.path(old).with_suffix(".json")
    long_ago = int(time.time() - storing.KEPT - 1)
    note.write_text(json.dumps({**json.loads(note.read_text()), "created_at": long_ago}))
    (store.folder / "half.part").touch()
    again = FileStore(tmp_path)
    again.open()
    assert [kept.id for kept in again.of("id")] == [new]
    assert sorted(path.stem for path in store.folder.iterdir()) == [new, new]


def test_the_oldest_files_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "ROOM", 100)
    store = FileStore(tmp_path)
    store.open()
    ids = [kept_in(store, f"{n}.txt", 40) for n in range(4)]
    assert [kept.id for kept in store.of("id")] == [ids[3], ids[2]]
    assert not store.path(ids[0]).exists()


def test_without_a_folder_files_end_with_the_process() -> None:
    store = FileStore(None)
    store.open()
    kept_in(store, "a.txt")
    store.close()
    assert not store.folder.exists()
