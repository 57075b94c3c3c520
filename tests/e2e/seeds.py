"""Conversations for pictures: what is asked, and what the stand-in says to it."""

from dataclasses import dataclass

ENGLISH_ANSWER = r"""
**Buy the new one.** It pays for itself in a little over four years, sooner if power gets dearer.

The old fridge uses 480 kWh a year, a new one 110 kWh. At €0.32 per kWh and €520 in the shop:

$$t = \frac{520}{(480 - 110) \cdot 0.32} \approx 4.4 \text{ years}$$

| Over ten years | Keep it | Buy one |
|----------------|--------:|--------:|
| Power          |  €1,536 |    €352 |
| Price          |       – |    €520 |
| **Total**      | **€1,536** | **€872** |

To try your own numbers:

```python
def years_until_paid(price: float, old: float, new: float, per_kwh: float) -> float:
    # The power saved pays for the new one.
    return price / ((old - new) * per_kwh)


print(f"{years_until_paid(520, 480, 110, 0.32):.1f} years")
```

Look at the label before you buy: the step from class C to B saves another 25 kWh a year.
"""
CHINESE_ANSWER = r"""
**大约四年回本，算上保养还会更快。**每天往返 40 公里，一年 250 个工作日，正好 10000 公里。

设差价为 $P$，每百公里的油费和电费分别为 $a$ 和 $b$，回本年数为：

$$t = \frac{P}{100\,(a - b)} = \frac{20000}{100 \times (58.5 - 8.4)} \approx 4.0$$

| 每年费用 | 油车 | 电车 |
|----------|-----:|-----:|
| 能源     | 5850 元 | 840 元 |
| 保养     | 1200 元 | 400 元 |
| **合计** | **7050 元** | **1240 元** |

想换成自己的数字，可以用这段代码：

```python
def years_until_paid(gap: float, fuel: float, power: float, km: float) -> float:
    # 省下的油钱多少年能补上差价
    return gap / ((fuel - power) * km / 100)


print(f"{years_until_paid(20000, 58.5, 8.4, 10000):.1f} 年")
```

如果家里能装充电桩，夜间电价更低，回本时间还能再缩短半年左右。
"""


@dataclass(frozen=True)
class Seed:
    """One language's conversation: earlier ones for the list, then the one that is shown."""

    locale: str
    earlier: tuple[str, ...]
    question: str
    thoughts: str
    answer: str
    name: tuple[str, str]


SEEDS = {
    "en": Seed(
        "en-US",
        (
            "Letter to the landlord about the heating",
            "Three days in Lisbon with a toddler",
            "Why is the sky dark at night?",
            "Rename columns in a large CSV file",
            "A name for our reading group",
            "Soup for six from what is left",
            "Explain eigenvectors once more",
        ),
        "Our fridge is twenty years old. Is it cheaper to keep it or to buy a new one? "
        "Show me the maths.",
        "What matters is the power both use in a year and what a new one costs. I take usual "
        "values, say so, and work out after how many years the saving has paid the price. ",
        ENGLISH_ANSWER.lstrip(),
        ("Lin", "Wei"),
    ),
    "zh": Seed(
        "zh-CN",
        (
            "给房东写一封暖气报修信",
            "带孩子在杭州玩三天",
            "夜空为什么是黑的？",
            "批量重命名表格的列",
            "给读书会起个名字",
            "用剩菜做六个人的晚饭",
            "再讲一遍特征向量",
        ),
        "上下班每天来回 40 公里，把油车换成电车，几年能回本？请列出计算过程。",
        "先算每年里程，再分别算油费和电费，差价除以每年省下的钱就是回本年数。保养费也有差别，可以放在表里一起比较。",
        CHINESE_ANSWER.lstrip(),
        ("林薇", ""),
    ),
}
