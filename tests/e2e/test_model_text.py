"""Text of a model that means harm: nothing of it runs, loads or leaves, at any prefix."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.canary import Canary, listening
from tests.e2e.chat import Chat
from tests.e2e.conftest import Watch
from tests.e2e.rig import House

ATTACKS = """\
<script>window.__x=1;fetch("CANARY/script")</script>
<img src=x onerror="window.__x=1"> <img src="CANARY/img.png">
<svg onload="window.__x=1"><image href="CANARY/svg.png"/></svg>
<iframe src="CANARY/frame"></iframe><iframe srcdoc="<script>parent.__x=1</script>"></iframe>
<style>@import url("CANARY/style.css"); body { display: none }</style>
<link rel="stylesheet" href="CANARY/link.css"><link rel="prefetch" href="CANARY/prefetch">
<meta http-equiv="refresh" content="0;url=CANARY/meta"><base href="CANARY/">
<form action="CANARY/form"><input name="q"><button>Go on</button></form>
<video src="CANARY/film.mp4" autoplay></video><audio src="CANARY/sound" autoplay></audio>
<object data="CANARY/object"></object><embed src="CANARY/embed">
<details open ontoggle="window.__x=1"><summary>look</summary></details>
<div style="position:fixed;inset:0;background:url(CANARY/css.png)" class="composer">over all</div>
<math><mtext><table><mglyph><style><img src=x onerror="window.__x=1"></style></mglyph></table>
<noscript><p title="</noscript><img src=x onerror=window.__x=1>"></noscript>

![picture](CANARY/markdown.png "title") ![ref][pic] <CANARY/auto>

[click](javascript:window.__x=1) [click](JaVaScRiPt:window.__x=1) [tab](java&#9;script:window.__x=1)
[data](data:text/html,<script>opener.__x=1</script>) [vb](vbscript:x) [file](file:///etc/passwd)
[quote](CANARY/"onmouseover="window.__x=1) [blob](blob:CANARY/1) <javascript:window.__x=1>

[pic]: CANARY/reference.png

```html"><img/src=x/onerror=window.__x=1>
</code></pre><img src=x onerror="window.__x=1">
```

| a | b |
|---|---|
| <img src=x onerror=window.__x=1> | `</code><script>window.__x=1</script>` |

```svg
<svg onload="window.__x=1"><script>window.__x=1</script><image href="CANARY/artifact.png"/></svg>
```

```mermaid
graph TD
  A["<img src=x onerror=window.__x=1>"] --> B
  click A "javascript:window.__x=1"
```

[^1] <details><summary><img src=x onerror="window.__x=1"></summary>

<script>window.__x=1</script>

</details>

[^1]: <img src="CANARY/note.png"> [x](javascript:window.__x=1)

$\\href{javascript:window.__x=1}{x}$ $$\\includegraphics{CANARY/tex.png}$$ <a id="message">id</a>

$\\htmlData{a=1 onclick=window.__x=1}{k}$ $\\url{javascript:window.__x=1}$
"""

OURS = ".katex *, button *, .artifact__head > svg, .diagram__picture > img"
"""What the renderer makes itself: formulas, the drawings of buttons, pictures of diagrams."""
LEFTOVERS = """() => [...document.querySelectorAll(OF_TEXT)].flatMap((element) => [
  ...(/^(SCRIPT|IFRAME|OBJECT|EMBED|STYLE|LINK|META|BASE|FORM|IMG|SVG|VIDEO|AUDIO|INPUT)$/i
    .test(element.tagName) ? [element.tagName] : []),
  ...element.getAttributeNames().filter((name) => /^on|^style$|^id$/i.test(name)),
  ...(/^(javascript|data|vbscript|file|blob):/i.test(element.href ?? "") ? [element.href] : []),
])""".replace("OF_TEXT", f"'.message__text *:not({OURS})'")


@pytest.fixture
def canary() -> Iterator[Canary]:
    with listening() as server:
        yield server


def test_an_answer_cannot_run_load_or_send_anything(
    chat: Chat, house: House, canary: Canary, watch: Watch
) -> None:
    text = ATTACKS.replace("CANARY", canary.origin)
    house.teach("attack", [*({"say": sign} for sign in text), {"finish": "stop"}, {"done": True}])
    watched = chat.page.evaluate_handle(f"""() => {{
      const found = new Set()
      const look = {LEFTOVERS}
      new MutationObserver(() => look().forEach((one) => found.add(one)))
        .observe(document.body, {{ childList: true, subtree: true, attributes: true }})
      return found
    }}""")
    chat.ask("[[script:attack]]")
    assert_unharmed(chat, canary)
    assert json.loads(watched.evaluate("(found) => JSON.stringify([...found])")) == []
    chat.page.reload()
    chat.ready()
    assert_unharmed(chat, canary)
    expect(chat.text.first).to_contain_text("onerror")
    assert watch.seen == []


def test_a_question_and_a_title_are_only_ever_text(chat: Chat, canary: Canary) -> None:
    attack = f'<img src="{canary.origin}/q" onerror="window.__x=1">'
    chat.ask(attack)
    assert_unharmed(chat, canary)
    expect(chat.questions.first).to_contain_text(attack)
    chat.page.reload()
    expect(chat.questions.first).to_contain_text(attack)
    assert_unharmed(chat, canary)


def assert_unharmed(chat: Chat, canary: Canary) -> None:
    assert chat.page.evaluate("window.__x") is None
    assert chat.page.evaluate(LEFTOVERS) == []
    assert canary.visits == []
    expect(chat.box).to_be_visible()
    assert chat.page.locator("#message").count() == 1
