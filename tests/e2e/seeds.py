"""Conversations for pictures: what is asked, and what the stand-in says to it."""

from dataclasses import dataclass

ENGLISH_ANSWER = """\
Keep the **list in the database** and let the cache only remember the newest pages. Three things \
make this calm to run:

1. Write first, then drop the cached page. A reader who comes in between reads the old page once.
2. Give every entry a lifetime. A forgotten entry then mends itself.
3. Count the misses; a sudden rise tells you more than any alarm.

```python
def page_of(author: int, number: int) -> list[Post]:
    key = f"posts:{author}:{number}"
    if (found := cache.get(key)) is not None:
        return found
    posts = list(Post.objects.filter(author=author)[number * 20 :][:20])
    cache.set(key, posts, timeout=300)
    return posts
```

| Page | Read per minute | Time without cache |
|------|----------------:|-------------------:|
| 1    |             840 |              38 ms |
| 2    |              61 |              41 ms |
| 3+   |               9 |              44 ms |

Only the first page is worth it. Start there, and measure again after a week.
"""
CHINESE_ANSWER = """\
可以。把**列表留在数据库**里，缓存只记住最新的几页。做到三点就很省心：

1. 先写数据库，再删除缓存的那一页；期间来的读者最多看到一次旧内容。
2. 每个条目都设过期时间，忘了删也会自己恢复。
3. 统计未命中次数，突然升高比任何告警都说明问题。

```python
def page_of(author: int, number: int) -> list[Post]:
    key = f"posts:{author}:{number}"
    if (found := cache.get(key)) is not None:
        return found
    posts = list(Post.objects.filter(author=author)[number * 20 :][:20])
    cache.set(key, posts, timeout=300)
    return posts
```

| 页码 | 每分钟读取 | 无缓存耗时 |
|------|----------:|----------:|
| 1    |       840 |     38 毫秒 |
| 2    |        61 |     41 毫秒 |
| 3 以后 |         9 |     44 毫秒 |

只有第一页值得缓存。先做这一页，一周后再测一次。
"""


@dataclass(frozen=True)
class Seed:
    """One language's conversation: earlier ones for the list, then the one that is shown."""

    locale: str
    earlier: tuple[str, ...]
    question: str
    thoughts: str
    answer: str


SEEDS = {
    "en": Seed(
        "en-US",
        (
            "Letter to the landlord about the heating",
            "Three days in Lisbon with a toddler",
            "Why is the sky dark at night?",
            "Rename columns in a large CSV file",
        ),
        "My page with the newest posts is slow when many people read it. Should I cache the list?",
        "The list changes rarely and is read often. A cache helps where reads repeat, so the first "
        "page matters most. Stale pages are the risk; a lifetime and dropping on write handle it. ",
        ENGLISH_ANSWER,
    ),
    "zh": Seed(
        "zh-CN",
        (
            "给房东写一封暖气报修信",
            "带孩子在杭州玩三天",
            "夜空为什么是黑的？",
            "批量重命名表格的列",
        ),
        "最新文章页在很多人同时读的时候很慢，要不要把列表缓存起来？",
        "列表改得少、读得多。重复读取的地方缓存才有用，所以第一页最关键。风险是内容过旧，设过期时间并在写入时删除即可。",
        CHINESE_ANSWER,
    ),
}
