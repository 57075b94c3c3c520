"""Asks axe-core what on a page keeps people out."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.contract.rig import ROOT


@cache
def source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Each as its rule, and where."""
    page.evaluate(source())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {json.dumps([node['target'] for node in one['nodes']])} "
        f"{one['nodes'][0].get('failureSummary', '')}"
        for one in found["violations"]
    ]
