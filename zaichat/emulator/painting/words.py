"""Which words of a prompt, in English or Chinese, ask for which thing in a picture."""

from __future__ import annotations

import re

THINGS = {
    "night": "night midnight star stars starry galaxy space 夜 夜晚 晚上 星 星空 银河 宇宙",
    "dusk": "sunset sunrise dusk dawn evening golden autumn 日落 日出 黄昏 傍晚 黎明 夕阳 秋",
    "storm": "storm rain rainy thunder 雨 暴雨 雷 风暴",
    "snow": "snow snowy winter ice arctic 雪 冬 冰",
    "moon": "moon 月 月亮",
    "cloud": "cloud clouds cloudy sky 云 天空",
    "mountain": "mountain mountains alps peak volcano 山 雪山 高山 火山",
    "sea": "sea ocean beach lake river water wave waves island 海 大海 湖 河 江 水 海滩 岛",
    "forest": "forest wood woods tree trees pine jungle 森林 树 树林 松",
    "city": "city town skyline building buildings street house tower 城市 城 街 楼 房子 塔",
    "flower": "flower flowers garden meadow rose tulip spring 花 花园 草地 玫瑰 春",
    "cat": "cat cats kitten 猫 小猫 猫咪",
    "dog": "dog dogs puppy 狗 小狗",
    "bird": "bird birds gull eagle swan 鸟 海鸥 老鹰 天鹅",
    "person": "person man woman girl boy child people portrait 人 男人 女人 女孩 男孩 孩子",
    "boat": "boat ship sail sailing yacht 船 帆船 轮船",
    "balloon": "balloon balloons party 气球 派对",
    "cake": "cake birthday 蛋糕 生日",
    "heart": "heart love valentine 心 爱 爱心",
}
"""Thing -> the words for it."""

COLOURS = {
    "red": (200, 55, 50),
    "orange": (228, 130, 50),
    "yellow": (235, 195, 70),
    "green": (80, 150, 90),
    "blue": (65, 120, 190),
    "purple": (130, 85, 170),
    "pink": (225, 130, 165),
    "black": (45, 45, 52),
    "white": (240, 238, 230),
    "brown": (140, 95, 65),
    "grey": (135, 138, 145),
}
CHINESE_COLOURS = dict(
    zip("红橙黄绿蓝紫粉黑白棕灰", COLOURS, strict=True),
    橘="orange",
    金="yellow",
    褐="brown",
)
_ENGLISH = re.compile(r"[a-z]+")


def things_in(prompt: str) -> list[str]:
    """Every thing that the prompt names, in the order of THINGS, which is from far to near."""
    said = set(_ENGLISH.findall(prompt.lower()))
    return [thing for thing, words in THINGS.items() if _names(words.split(), said, prompt)]


def _names(words: list[str], said: set[str], prompt: str) -> bool:
    return any(word in said if word.isascii() else word in prompt for word in words)


def colours_in(prompt: str) -> list[tuple[int, int, int]]:
    """Every colour that the prompt names, in its order."""
    said = re.findall(r"[a-z]+|[\u4e00-\u9fff]", prompt.lower())
    names = [CHINESE_COLOURS.get(word, word) for word in said]
    return [COLOURS[name] for name in dict.fromkeys(names) if name in COLOURS]
