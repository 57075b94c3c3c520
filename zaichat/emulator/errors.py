"""The error envelope and the business codes (API: errors, business codes).

`code` is a string of digits; the words follow `Accept-Language`: English when asked for, as the
international SDK does, Chinese otherwise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .frames import compact


class Meaning(NamedTuple):
    status: int
    zh: str
    en: str


MEANINGS = {
    "1000": Meaning(401, "身份验证失败。", "Authentication failed."),
    "1001": Meaning(
        401,
        "Header中未收到Authorization参数，无法进行身份验证。",
        "Authentication parameter not received in Header, unable to authenticate.",
    ),
    "1002": Meaning(401, "令牌已过期或验证不正确", "Invalid Authentication Token."),
    "1003": Meaning(
        401,
        "Authentication Token 已过期，请重新生成/获取",
        "Authentication Token expired, please regenerate or obtain a new one.",
    ),
    "1004": Meaning(401, "Authentication Token 验证失败", "Authentication with the token failed."),
    "1112": Meaning(429, "您的账户已被锁定，请联系客服解锁。", "Your account has been locked."),
    "1113": Meaning(
        429, "余额不足或无可用资源包,请充值。", "Insufficient balance or no resource package."
    ),
    "1200": Meaning(500, "API 调用失败", "API call failed."),
    "1210": Meaning(400, "API 调用参数有误，请检查文档。", "Incorrect API call parameters."),
    "1211": Meaning(400, "模型不存在，请检查模型代码。", "The model does not exist."),
    "1212": Meaning(
        400, "当前模型不支持{detail}调用方式。", "The model does not support this call: {detail}."
    ),
    "1213": Meaning(400, "未正常接收到{detail}参数。", "The {detail} parameter was not received."),
    "1214": Meaning(400, "{detail}参数非法。请检查文档。", "The {detail} parameter is invalid."),
    "1215": Meaning(400, "{detail} 不能同时设置。", "Mutually exclusive: {detail}."),
    "1220": Meaning(403, "您无权访问该 API。", "You do not have permission for this API."),
    "1222": Meaning(400, "API {detail} 不存在。", "The API {detail} does not exist."),
    "1230": Meaning(500, "API 调用流程出错。", "API call process error."),
    "1231": Meaning(400, "请求重复：{detail}", "Duplicate request: {detail}"),
    "1233": Meaning(404, "任务 {detail} 不存在。", "The task {detail} does not exist."),
    "1234": Meaning(500, "网络错误，错误id：{detail}，请联系客服。", "Network error, id {detail}."),
    "1261": Meaning(400, "Prompt 超长", "The prompt is too long."),
    "1301": Meaning(
        400,
        "系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语，感谢您的配合。",
        "The system detected potentially unsafe or sensitive content in input or generation.",
    ),
    "1302": Meaning(
        429, "您的账户已达到速率限制，请您控制请求频率", "Rate limit reached for this account."
    ),
    "1303": Meaning(429, "当前 API 调用频率过高", "The API is called too frequently."),
    "1304": Meaning(429, "该 API 已达今日调用次数上限", "Daily call limit reached."),
    "1305": Meaning(429, "该模型当前访问量过大，请您稍后再试", "The model is overloaded."),
    "1308": Meaning(429, "已达到使用上限，您的限额将在稍后重置。", "Usage limit reached."),
    "1309": Meaning(429, "您的套餐已到期。", "Your plan has expired."),
    "1310": Meaning(429, "已达到每周/每月使用上限。", "Weekly or monthly limit exhausted."),
    "1311": Meaning(429, "当前订阅套餐暂未开放该模型权限。", "Your plan does not have this model."),
    "1312": Meaning(429, "该模型访问量较高，请使用其他模型。", "High traffic, try another model."),
    "1313": Meaning(429, "触发公平使用策略限制。", "Throttled by the fair use policy."),
}
UNKNOWN = Meaning(500, "内部错误。", "Internal error.")


class ApiError(Exception):
    """A refusal as the service words it. `detail` names the field, path or id it is about."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        status: int | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail
        self.status = status or MEANINGS.get(code, UNKNOWN).status
        self.extra = extra or {}

    def body(self, language: str = "zh") -> bytes:
        return compact({**self.extra, **envelope(self.code, language, self.detail)}).encode()


def envelope(code: str, language: str = "zh", detail: str = "") -> dict[str, Any]:
    meaning = MEANINGS.get(code, UNKNOWN)
    words = meaning.en if language.lower().startswith("en") else meaning.zh
    return {"error": {"code": code, "message": words.format(detail=detail)}}
