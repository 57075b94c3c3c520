"""Asks axe-core what on a page keeps people out."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.contract.rig import ROOT


@cache
def source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


COMES_TO_REST = """
() => Promise.all(document.getAnimations().map((one) =>
  one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime)
    ? one.finished.catch(() => undefined)
    : undefined))
"""
"""A colour on its way from light to dark is nobody's. What turns for ever is not waited for."""


def violations(page: Page) -> list[str]:
    """Each as its rule, and where, once everything that moves has come to rest."""
    page.evaluate(source())
    page.evaluate(COMES_TO_REST)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {json.dumps([node['target'] for node in one['nodes']])} "
        f"{one['nodes'][0].get('failureSummary', '')}"
        for one in found["violations"]
    ]
