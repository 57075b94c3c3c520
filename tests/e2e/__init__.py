"""Journeys through a real browser, with real processes behind it."""
