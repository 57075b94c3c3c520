"""Our own client against the stand-in, which shares no code with it."""

import asyncio
from pathlib import Path

import pytest

from tests.zaichat.emulator import printing
from tests.zaichat.emulator.drawing import data_url
from tests.zaichat.emulator.running import Running
from zaichat.zai import ZaiClient, errors

REPORT = printing.pdf("The crane cost four million.")
LINE = b'{"custom_id":"request-0001","method":"POST","url":"/v4/chat/completions","body":{}}\n'


async def test_files_go_up_are_listed_come_back_and_go(stand_in: Running, tmp_path: Path) -> None:
    path = tmp_path / "报告.jsonl"
    path.write_bytes(LINE)
    async with ZaiClient("ours.secret", stand_in.base_url) as client:
        with path.open("rb") as file:
            kept = await client.files.upload(path.name, file, "batch")
        assert (kept.name, kept.size) == (path.name, len(LINE))
        assert (await client.files.page("batch")).files == (kept,)
        assert await client.files.content(kept.id) == LINE
        await client.files.delete(kept.id)
        with pytest.raises(errors.BadRequest):
            await client.files.content(kept.id)


async def test_documents_are_parsed_and_laid_out(stand_in: Running) -> None:
    async with ZaiClient("ours.secret", stand_in.base_url) as client:
        now = await client.file_parser.parse("a.pdf", REPORT)
        task = await client.file_parser.task("a.pdf", REPORT)
        while (later := await client.file_parser.result(task)).status == "processing":
            await asyncio.sleep(0.02)
        assert now.text == later.text == "The crane cost four million."
        found = await client.layout.parse(data_url(REPORT, "application/pdf"))
        assert found.pages[0].elements[0].content == "The crane cost four million."
        with pytest.raises(errors.BadRequest):
            await client.layout.parse("nonsense")
