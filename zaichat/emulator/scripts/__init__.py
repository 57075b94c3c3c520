"""Deterministic answers and faults, each a generator of steps. See `registry` for choosing."""

from . import answers, endings, framings, refusals, toolcalls
from .registry import SCRIPTS, Args, Play, Script, in_model, in_prompt

__all__ = ["SCRIPTS", "Args", "Play", "Script", "in_model", "in_prompt"]

FAMILIES = (answers, endings, framings, refusals, toolcalls)
