"""Checks a chat request as the service documents it (API: chat completions, request body).

Order: missing parameters (1213), the model (1211, 1212), illegal values (1214, 1210), a prompt
beyond every window (1261). `null` stands for absent; unknown fields are let through.
"""

from __future__ import annotations

from typing import Any

from .errors import ApiError
from .media import check_counts, check_mix
from .models import MODELS, Model
from .scripts.registry import MODEL_PREFIX
from .turn import count_tokens, text_of

ROLES = ("system", "user", "assistant", "tool")
EFFORTS = ("max", "xhigh", "high", "medium", "low", "minimal", "none")
WINDOW = 1_000_000  # tokens: the largest documented window
MOST_TOOLS = 128
MOST_STOPS = 4

Body = dict[str, Any]


def checked(body: object, *, is_async: bool = False) -> tuple[Body, Model]:
    """The body without nulls, and its model. Raises ApiError."""
    if not isinstance(body, dict):
        raise ApiError("1210")
    given = {key: value for key, value in body.items() if value is not None}
    for name in ("model", "messages"):
        if name not in given:
            raise ApiError("1213", name)
    model = model_of(given["model"])
    if is_async and (given.get("stream") or given.get("tool_stream")):
        raise ApiError("1212", "SSE")
    check_messages(given["messages"], model)
    check_numbers(given, model)
    check_choices(given, model)
    check_tools(given)
    if sum(count_tokens(text_of(item.get("content"))) for item in given["messages"]) > WINDOW:
        raise ApiError("1261")
    return given, model


def model_of(name: object) -> Model:
    if not isinstance(name, str):
        raise ApiError("1214", "model")
    if name.startswith(MODEL_PREFIX):
        return Model(name, "auto", parts=("image_url", "video_url", "file_url", "input_audio"))
    model = MODELS.get(name.lower())
    if model is None:
        raise ApiError("1211")
    if not model.chats:
        raise ApiError("1212", "chat")
    return model


def check_messages(messages: object, model: Model) -> None:
    if not isinstance(messages, list) or not messages:
        raise ApiError("1214", "messages")
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            raise ApiError("1214", "messages.role")
        check_content(message, model)
    if all(message["role"] in ("system", "assistant") for message in messages):
        raise ApiError("1214", "messages")
    check_counts(messages, model)


def check_content(message: Body, model: Model) -> None:
    content = message.get("content")
    if content is None and message["role"] == "assistant":
        return  # a turn that only called tools, or spoke
    if isinstance(content, str) and (content.strip() or message["role"] != "user"):
        return
    if not isinstance(content, list) or not content:
        raise ApiError("1214", "messages.content")
    for part in content:
        check_part(part, model)
    check_mix(content, model)


def check_part(part: object, model: Model) -> None:
    if not isinstance(part, dict) or "type" not in part:
        raise ApiError("1214", "messages.content.type")
    kind = part["type"]
    if kind != "text" and kind not in model.parts:
        raise ApiError("1210")
    value = part.get(kind)
    if kind == "text" and not isinstance(value, str):
        raise ApiError("1214", "messages.content.text")
    if kind.endswith("_url") and not (isinstance(value, dict) and value.get("url")):
        raise ApiError("1214", f"messages.content.{kind}")


def check_numbers(body: Body, model: Model) -> None:
    within(body, "temperature", 0, 1)
    within(body, "top_p", 0.01, 1)
    within(body, "max_tokens", 1, model.max_output, whole=True)
    check_ids(body)


def check_ids(body: Body) -> None:
    for name, shortest, longest in (("request_id", 6, 64), ("user_id", 6, 128)):
        value = body.get(name)
        if value is not None and not (isinstance(value, str) and shortest <= len(value) <= longest):
            raise ApiError("1214", name)


def within(body: Body, name: str, low: float, high: float, *, whole: bool = False) -> None:
    value = body.get(name)
    if value is None:
        return
    kinds = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        raise ApiError("1214", name)


def check_choices(body: Body, model: Model) -> None:
    for name in ("stream", "do_sample", "tool_stream"):
        if not isinstance(body.get(name, False), bool):
            raise ApiError("1214", name)
    thinking = body.get("thinking", {"type": "enabled"})
    if not isinstance(thinking, dict) or thinking.get("type") not in ("enabled", "disabled"):
        raise ApiError("1214", "thinking.type")
    if model.thinking == "always" and thinking["type"] == "disabled":
        raise ApiError("1210")
    if body.get("reasoning_effort", "max") not in EFFORTS:
        raise ApiError("1214", "reasoning_effort")
    check_format(body)


def check_format(body: Body) -> None:
    form = body.get("response_format", {"type": "text"})
    # json_schema is taken and ignored, as reported of the service
    if not isinstance(form, dict) or form.get("type") not in ("text", "json_object", "json_schema"):
        raise ApiError("1214", "response_format.type")
    stop = body.get("stop", [])
    if (
        not isinstance(stop, list)
        or len(stop) > MOST_STOPS
        or not all(isinstance(s, str) for s in stop)
    ):
        raise ApiError("1214", "stop")


def check_tools(body: Body) -> None:
    tools = body.get("tools", [])
    if not isinstance(tools, list) or len(tools) > MOST_TOOLS:
        raise ApiError("1214", "tools")
    for tool in tools:
        kind = tool.get("type") if isinstance(tool, dict) else None
        if kind not in ("function", "web_search", "retrieval", "mcp"):
            raise ApiError("1214", "tools.type")
        if kind == "function" and not (tool.get("function") or {}).get("name"):
            raise ApiError("1214", "tools.function.name")
