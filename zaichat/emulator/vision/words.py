"""Puts what was measured into words, in the language of the question."""

from __future__ import annotations

from dataclasses import dataclass

from .colours import CHINESE as CHINESE_COLOURS
from .looking import Box, Picture, dominant
from .places import Mark

KIB = 1024
LIGHTS = (55, 105, 165, 215)  # limits of mean brightness, 0 to 255
FLAT = 0.02  # share of edges below which a picture is of even areas
BUSY = 0.3


@dataclass(frozen=True)
class Words:
    """The phrases of one language; {} is filled in."""

    opening: str
    picture: str
    file: str
    transparent: str
    damaged: str
    by_address: str
    film: str
    sound: str
    colours: str
    lights: tuple[str, str, str, str, str]
    light: str
    shapes: dict[str, str]
    written: str
    flat: str
    busy: str
    marked: str
    marks: dict[str, str]
    no_picture: str
    found: str
    chosen: str
    not_found: str
    thought: str
    comma: str
    stop: str
    names: dict[str, str]

    def shares(self, cells: list[str] | tuple[str, ...]) -> str:
        """`red 40 %, white 35 %`"""
        pairs = dominant(cells)
        return self.comma.join(f"{self.colour(name)} {share * 100:.0f} %" for name, share in pairs)

    def colour(self, name: str) -> str:
        return self.names.get(name, name)

    def facts(self, number: int, picture: Picture) -> str:
        """One picture as a line with what it is and points below."""
        size = self.file.format(
            picture.format, picture.width, picture.height, weight(picture.weight)
        )
        shape = self.shapes[shape_of(picture)]
        more = [self.transparent] if picture.transparent else []
        head = self.picture.format(number, self.comma.join([size, shape, *more]))
        lines = [self.colours.format(self.shares(picture.cells)), self.lighting(picture)]
        return "\n".join([f"- {head}", *(f"  - {line}" for line in lines)])

    def lighting(self, picture: Picture) -> str:
        light = self.lights[sum(picture.light >= limit for limit in LIGHTS)]
        said = [self.light.format(light)]
        if picture.looks_written:
            said.append(self.written)
        elif picture.edges < FLAT:
            said.append(self.flat)
        elif picture.edges > BUSY:
            said.append(self.busy)
        return self.stop.join(said)

    def region(self, mark: Mark, picture: Picture | None) -> str:
        kind = self.marks[mark.kind]
        if picture is None:
            return f"- {self.no_picture.format(kind, mark.number, mark.picture)}"
        inside = self.shares(picture.within(mark.box))
        return f"- {self.marked.format(kind, mark.number, mark.picture, mark.at, inside)}"

    def place(self, number: int, name: str, box: Box | None, *, asked: bool) -> str:
        """A place as GLM-4.5V writes it, so that whoever draws its boxes can draw ours."""
        if box is None:
            return self.not_found.format(number, self.colour(name))
        phrase = self.found if asked else self.chosen
        drawn = f"<|begin_of_box|>[[{','.join(map(str, box))}]]<|end_of_box|>"
        return phrase.format(number, self.colour(name), drawn)


def weight(size: int) -> str:
    return f"{size / KIB**2:.1f} MiB" if size >= KIB**2 else f"{size / KIB:.1f} KiB"


def shape_of(picture: Picture) -> str:
    if picture.width == picture.height:
        return "square"
    return "landscape" if picture.width > picture.height else "portrait"


ENGLISH = Words(
    opening=(
        "I am ZaiChat's local stand-in, not a vision model: I cannot recognise what a picture "
        "shows, only measure it. This is what can be said:"
    ),
    picture="**Picture {}**: {}",
    file="{}, {} × {} pixels, {}",
    transparent="partly transparent",
    damaged="- **Picture {}**: {}, but the rest of it cannot be decoded",
    by_address="- **Picture {}**: given by address, which the stand-in does not fetch",
    film="- **Film**: given by address, which the stand-in does not fetch",
    sound="- **Recording**: the stand-in cannot hear",
    colours="main colours: {}",
    lights=("very dark", "rather dark", "of medium brightness", "bright", "very bright"),
    light="it is {}",
    shapes={"landscape": "landscape format", "portrait": "portrait format", "square": "square"},
    written="fine detail on an even ground: probably text or a line drawing",
    flat="large even areas with hardly an edge",
    busy="many sharp edges",
    marked="**{} {}** on picture {} at {}: {}",
    marks={"box": "Box", "arrow": "Arrow", "number": "Number"},
    no_picture="{} {} is on picture {}, which I cannot see",
    found="The largest area of picture {} in **{}**: {}",
    chosen="I find places by colour only. What stands out most on picture {} is **{}**: {}",
    not_found="On picture {} I find nothing in **{}**.",
    thought="Local demo thinking: no vision model here, so measure each picture: size, format, "
    "colours, brightness. Number of pictures: {}.",
    comma=", ",
    stop="; ",
    names={},
)
CHINESE = Words(
    opening=(
        "我是 ZaiChat 的本地替身，不是视觉模型：认不出图里画的是什么，只能测量图片本身。"
        "目前能说的是："
    ),
    picture="**图片 {}**：{}",
    file="{}，{} × {} 像素，{}",
    transparent="部分透明",
    damaged="- **图片 {}**：{}，其余内容无法解码",
    by_address="- **图片 {}**：以网址给出，本地替身不会去下载",
    film="- **影片**：以网址给出，本地替身不会去下载",
    sound="- **录音**：本地替身听不了声音",
    colours="主要颜色：{}",
    lights=("很暗", "偏暗", "亮度适中", "明亮", "很亮"),
    light="整体{}",
    shapes={"landscape": "横幅", "portrait": "竖幅", "square": "正方形"},
    written="均匀底色上有很多细节，多半是文字或线稿",
    flat="以大片均匀的色块为主，几乎没有边缘",
    busy="清晰的边缘很多",
    marked="图片 {2} 上的**{0} {1}**，位于 {3}：{4}",
    marks={"box": "方框", "arrow": "箭头", "number": "编号"},
    no_picture="{} {} 在图片 {} 上，而这张图我看不到",
    found="图片 {} 中最大的一块**{}**区域：{}",
    chosen="我只能按颜色找位置。图片 {} 上最醒目的是**{}**：{}",
    not_found="图片 {} 上没有找到**{}**。",
    thought="本地演示的思考：这里没有视觉模型，只能逐张测量图片的尺寸、格式、颜色和亮度。图片数量：{}。",
    comma="，",
    stop="；",
    names=CHINESE_COLOURS,
)
