/** Places on pictures that an answer names are found, and lists of numbers that are none are not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"

const { boxesIn, mayHaveBoxes } = await import("#chat/boxes")

const shown = (text, pictures = 1) => boxesIn(text, pictures).map(({ picture, number, label, at }) => [picture, number, label, ...at])

for (const [text, pictures, expected] of [
  ["The cat is at [[120, 80, 560, 900]].", 1, [[1, 1, "", 120, 80, 560, 900]]],
  ["[[1,2,30,40],[500,500,999,1000]]", 1, [[1, 1, "", 1, 2, 30, 40], [1, 2, "", 500, 500, 999, 1000]]],
  ['```json\n[{"bbox_2d": [10, 20, 300, 400], "label": "cat"}, {"label": "狗", "bbox_2d": [1,1,9,9]}]\n```', 1, [[1, 1, "cat", 10, 20, 300, 400], [1, 2, "狗", 1, 1, 9, 9]]],
  ["In picture 2 it is [10, 20, 300, 400]; in image 1 [5,5,50,50]", 2, [[2, 1, "", 10, 20, 300, 400], [1, 2, "", 5, 5, 50, 50]]],
  ["第 2 张：[10, 20, 300, 400]", 2, [[2, 1, "", 10, 20, 300, 400]]],
  ["picture 7: [10, 20, 300, 400]", 2, [[1, 1, "", 10, 20, 300, 400]]],
  ["twice [10, 20, 300, 400] and [10,20,300,400]", 1, [[1, 1, "", 10, 20, 300, 400]]],
  ["primes [2, 3, 5, 7], years [1999, 2000, 2001, 2002], back [300, 400, 10, 20]", 1, []],
  ["```python\nbox = [10, 20, 300, 400]\n```\n", 1, []],
]) {
  test(`${text} names ${expected.length} places`, () => assert.deepEqual(shown(text, pictures), expected))
}

test("no text breaks it, and every place lies on a picture there is", () => {
  const piece = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("[10, 20, 300, 400]", "[[", "]]", '{"bbox_2d":', '"label": "x"}', "picture 2 ", "```json\n", "[1,2,3"))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }).map((list) => list.join("")), fc.integer({ min: 1, max: 3 }), (text, pictures) => {
      for (const { picture, at: [x1, y1, x2, y2] } of boxesIn(text, pictures)) {
        assert.ok(mayHaveBoxes(text))
        assert.ok(picture >= 1 && picture <= pictures && x1 < x2 && y1 < y2 && x2 <= 1000 && y2 <= 1000)
      }
    }),
  )
})
