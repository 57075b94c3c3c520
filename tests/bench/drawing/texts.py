"""What is drawn: prose, lists, code, tables and formulas, in English and Chinese."""

SECTION = """\
## Step {n}: what changes

The **rate** of change at \\(x_{n}\\) is $f'(x_{n}) = 2x_{n}$, which `numpy` finds *numerically*;
see [the notes](https://example.org/{n}). 中文里也一样：**注意：**请先保存，再继续第 {n} 步。

1. Take the first sample and write down its value, {n} times over.
2. Compare it with the one before:
   - if it grew, go on,
   - if it fell, halve the step.

| name | value | error |
|---|--:|---|
| \\(a_{n}\\) | {n}.25 | $\\pm 0.0{n}$ |
| \\(b_{n}\\) | {n}.75 | $\\pm 0.1{n}$ |

\\[
\\int_0^{n} e^{{-x^2}}\\,dx = \\frac{{\\sqrt{{\\pi}}}}{{2}} \\operatorname{{erf}}({n})
\\]

```python
def step_{n}(value: float, rate: float = 0.{n}) -> float:
    \"\"\"One step of the descent, not below zero.\"\"\"
    for _ in range({n}):  # until it settles
        value -= rate * gradient(value)
    return max(value, 0.0)
```

> What is left is noise, and noise has no direction.

"""
TOKENS = 3_000
SIGNS_PER_TOKEN = 3.7


def long_text(length: int) -> str:
    """At least so many characters."""
    count = length // len(SECTION) + 1
    return "".join(SECTION.format(n=number % 97 + 1) for number in range(count))


def only_formulas(length: int) -> str:
    """At least so many characters: two formulas a paragraph, no two paragraphs alike."""
    one = "\\(x_{{{n}}} = \\frac{{a}}{{b+{n}}}\\) and \\[\\sum_{{i=1}}^{{{n}}} i^2\\]\n\n"
    return "".join(one.format(n=number) for number in range(length // len(one.format(n=1)) + 1))


def answer() -> str:
    """About TOKENS tokens."""
    return long_text(int(TOKENS * SIGNS_PER_TOKEN))
