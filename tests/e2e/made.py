"""Pictures that somebody has made over some days, for pictures of the studio and the gallery."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from media_gen.models import Job, State
from zaichat.accounts.models import User
from zaichat.emulator.painting.making import picture
from zaichat.emulator.painting.scene import scene_of
from zaichat.files.receiving import receive

WISHES = {
    "en": (
        "A sailing boat at sunset",
        "An orange cat by the sea",
        "Snow on the mountains, a full moon",
        "A birthday cake with balloons",
        "A small town at night",
        "A dog in a forest in autumn",
        "A bird above the lake",
    ),
    "zh": (
        "日落时的帆船",
        "海边的一只橘猫",
        "雪山上的满月",
        "生日蛋糕和气球",
        "夜晚的小城",
        "秋天森林里的小狗",
        "湖面上的飞鸟",
    ),
}
SHAPES = ((1728, 960), (1280, 1280), (1568, 1056), (1056, 1568))
DAYS = (0, 0, 0, 0, 1, 1, 1)
USUAL = timedelta(seconds=14)


def make(username: str, language: str) -> None:
    """The first wish was the last one made."""
    owner = User.objects.get(username=username)
    for number, wish in reversed(list(enumerate(WISHES[language]))):
        at = now() - timedelta(days=DAYS[number], minutes=7 * number)
        job = Job(owner=owner, command_id=uuid4(), kind="image", model="glm-image", prompt=wish)
        job.parameters = {"size": "{}x{}".format(*SHAPES[number % len(SHAPES)])}
        job.state, job.created_at, job.ended_at = State.DONE, at, at + USUAL
        job.starred = number == 1
        job.result = receive(owner, painted(wish, *SHAPES[number % len(SHAPES)]))
        job.save()


def painted(wish: str, width: int, height: int) -> SimpleUploadedFile:
    file = BytesIO()
    picture(scene_of(wish), width, height).save(file, "PNG")
    return SimpleUploadedFile("made.png", file.getvalue())
