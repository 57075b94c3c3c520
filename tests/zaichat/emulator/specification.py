"""The judges of JSON: both official OpenAPI files where they are at hand, and always our own.

The official files lie in `../shared/spec` beside the checkout, or where `ZAI_SPEC_DIR` says. They
are patched first, because as published they reject what the real service sends.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema

from tests.zaichat.emulator.running import ROOT

FOLDER = Path(os.environ.get("ZAI_SPEC_DIR", ROOT.parent / "shared" / "spec"))
OWN = ROOT / "tests" / "fixtures" / "chat_wire.json"
FILES = {"z.ai": FOLDER / "zai-openapi.json", "bigmodel": FOLDER / "bigmodel-openapi.json"}

Judge = Callable[[str, Any], None]

# Our word for a shape, and the schema that describes it in the official files.
NAMES = {
    "request": "ChatCompletionTextRequest",
    "picture_request": "ChatCompletionVisionRequest",
    "reply": "ChatCompletionResponse",
    "chunk": "ChatCompletionChunk",
    "task": "AsyncResponse",
    "error": "Error",
    "file": "FileObject",
    "files": "FileListResponse",
    "file_deleted": "FileDeletedResponse",
    "parsed": "FileParseResultResponse",
    "layout": "LayoutParsingResponse",
    "layout_request": "LayoutParsingRequest",
    "picture_made": "ImageGenerationResponse",
    "picture_task": "AsyncImageGenerationResponse",
    "film_task": "AsyncVideoGenerationResponse",
}


def judges() -> dict[str, Judge]:
    """Every judge at hand by name; each raises jsonschema.ValidationError."""
    found = {name: official(path) for name, path in FILES.items() if path.exists()}
    return {"own": own(), **found}


def own() -> Judge:
    schema = json.loads(OWN.read_text())

    def judge(shape: str, value: Any) -> None:
        name = shape.removeprefix("picture_")
        jsonschema.validate(value, {**schema, "$ref": f"#/definitions/{name}"})

    return judge


def official(path: Path) -> Judge:
    document = json.loads(path.read_text())
    schemas = document["components"]["schemas"]
    if FILES["bigmodel"].exists():  # some shapes are described by one of the two platforms only
        schemas = {**schemas_of(FILES["bigmodel"]), **schemas}
        document["components"]["schemas"] = schemas
    for name in NAMES.values():
        schemas.setdefault(name, {})
    envelope = {"code": {"type": "string"}, "message": {"type": "string"}}
    error = {"type": "object", "required": ["code", "message"], "properties": envelope}
    schemas["Error"] = {"required": ["error"], "properties": {"error": error}}
    patched = patch(document)

    def judge(shape: str, value: Any) -> None:
        schema = {**patched, "$ref": f"#/components/schemas/{NAMES[shape]}"}
        jsonschema.Draft4Validator(schema).validate(value)

    return judge


def schemas_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())["components"]["schemas"])


def patch(value: Any) -> Any:
    """The corrections: any string is a model, arguments are a string, every reason may end an
    answer, and branches that overlap are alternatives. `nullable` becomes a type."""
    if isinstance(value, list):
        return [patch(item) for item in value]
    if not isinstance(value, dict):
        return value
    patched = {name: patch(item) for name, item in value.items()}
    if "oneOf" in patched:
        patched["anyOf"] = patched.pop("oneOf")
    properties = patched.get("properties")
    if isinstance(properties, dict):
        patched["properties"] = {name: property_of(name, item) for name, item in properties.items()}
    if patched.get("nullable") and isinstance(patched.get("type"), str):
        patched["type"] = [patched["type"], "null"]
    return patched


def property_of(name: str, schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    if name in ("model", "finish_reason"):
        return {key: item for key, item in schema.items() if key != "enum"}
    if name == "arguments" and schema.get("type") == "object":
        return {"type": "string"}
    return schema


def without_nulls(value: Any) -> Any:
    """A request as the service reads it: the official SDK sends null for what is absent."""
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value
