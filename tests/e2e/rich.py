"""An answer that has everything that takes room or colour."""

from typing import Any

from tests.e2e.rig import House

RICH = """## A heading

Some **bold** words, `code`, a [link](https://example.org/) and a list:

1. one
2. two

| name | value |
|------|------:|
| averyveryverylongnamewithoutanybreak | 1234567890123456789012345678901234567890 |

```python
def a_function_with_a_long_name(argument_one, argument_two, argument_three): return argument_one
```

> A quotation, and a_very_long_word_that_never_ends_and_has_no_place_to_break_at_all_in_any_line
"""


def teach_rich(house: House) -> str:
    """The question that is answered so."""
    words = [word + " " for word in RICH.split(" ")]
    steps: list[dict[str, Any]] = [{"think": "Think first. "}, *({"say": word} for word in words)]
    house.teach("rich", [*steps, {"finish": "stop"}, {"done": True}])
    return "[[script:rich]]"
