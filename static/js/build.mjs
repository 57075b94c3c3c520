/** Bundles scripts and styles into build/js: two entries, shared chunks, one stylesheet; apart from
 * them the frames, and the style of formulas with its fonts, which most pages never load.
 *
 * Entries keep their names, since Django's manifest gives them hashes; chunks carry esbuild's.
 * `--watch` builds again after every change. */
import { build, context } from "esbuild"
import { readFile, rm, writeFile } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { chunksBelow, fewFiles } from "./build_pieces.mjs"

/** What pages load soon after they came, by the names that templates use. */
const PRELOADED = { app: "static/js/app.js", chat: "static/js/chat.js", drawing: "static/js/markdown/drawing.js" }
const root = fileURLToPath(new URL("../../", import.meta.url))
const watch = process.argv.includes("--watch")

const shared = {
  absWorkingDir: root,
  outdir: "build/js",
  bundle: true,
  minify: !watch,
  target: ["es2022", "chrome123", "firefox128", "safari17.5"],
  sourcemap: watch ? "linked" : false,
  logLevel: "warning",
}
const scripts = { ...shared, splitting: true, format: "esm", chunkNames: "c/[name]-[hash]", legalComments: "linked", metafile: true }

/** Every browser we build for reads woff2. */
const oneKindOfFont = {
  name: "one kind of font",
  setup({ onLoad }) {
    onLoad({ filter: /katex[/\\]dist[/\\]katex\.css$/ }, async ({ path }) => {
      const style = await readFile(path, "utf8")
      return { contents: style.replace(/,\s*url\([^)]+\) format\("(?:woff|truetype)"\)/g, ""), loader: "css" }
    })
  },
}

await rm(`${root}build/js`, { recursive: true, force: true })
const { metafile: mathStyle } = await build({
  ...shared,
  entryPoints: { math: "static/css/math.css" },
  entryNames: "c/[name]-[hash]",
  assetNames: "c/[name]-[hash]",
  loader: { ".woff2": "file" },
  plugins: [oneKindOfFont],
  metafile: true,
})
const mathStyleFile = Object.keys(mathStyle.outputs).find((file) => file.endsWith(".css"))
const all = await Promise.all([
  context({
    ...scripts,
    entryPoints: { app: "static/js/app.js", chat: "static/js/chat.js" },
    plugins: [fewFiles(`${root}static/js`, ["app.js", "chat.js"])],
    define: { MATH_STYLE: JSON.stringify(`./${basename(mathStyleFile)}`) },
  }),
  context({
    ...scripts,
    outdir: "build/js/frames",
    entryPoints: ["artifact", "mermaid", "picture"].map((name) => `static/js/frames/${name}.js`),
  }),
  context({ ...shared, entryPoints: { app: "static/css/app.css", studio: "static/css/studio.css", viewer: "static/css/viewer.css", tray: "static/css/tray.css", pick: "static/css/pick.css", made: "static/css/made.css", "frames/frames": "static/css/frames.css" } }),
])

if (watch) {
  await writeFile(`${root}build/js/preloads.json`, "{}")
  await Promise.all(all.map((one) => one.watch()))
} else {
  const [{ metafile }] = await Promise.all(all.map((one) => one.rebuild()))
  await writeFile(`${root}build/meta.json`, JSON.stringify(metafile))
  await writeFile(`${root}build/js/preloads.json`, JSON.stringify(chunksBelow(metafile, PRELOADED)))
  await Promise.all(all.map((one) => one.dispose()))
}
