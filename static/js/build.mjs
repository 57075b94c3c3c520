/** Bundles scripts and styles into build/js: two entries, shared chunks, one stylesheet.
 *
 * Entries keep their names, since Django's manifest gives them hashes; chunks carry esbuild's.
 * `--watch` builds again after every change. */
import { context } from "esbuild"
import { rm, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../", import.meta.url))
const watch = process.argv.includes("--watch")

await rm(`${root}build/js`, { recursive: true, force: true })
const build = await context({
  absWorkingDir: root,
  entryPoints: {
    app: "static/js/app.js",
    chat: "static/js/chat.js",
  },
  outdir: "build/js",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: !watch,
  metafile: true,
  chunkNames: "c/[name]-[hash]",
  target: ["es2022", "chrome123", "firefox128", "safari17.5"],
  legalComments: "linked",
  sourcemap: watch ? "linked" : false,
  logLevel: "warning",
})
const styles = await context({
  absWorkingDir: root,
  entryPoints: { app: "static/css/app.css" },
  outdir: "build/js",
  bundle: true,
  minify: !watch,
  target: ["chrome123", "firefox128", "safari17.5"],
  sourcemap: watch ? "linked" : false,
  logLevel: "warning",
})

if (watch) {
  await Promise.all([build.watch(), styles.watch()])
} else {
  const { metafile } = await build.rebuild()
  await styles.rebuild()
  await writeFile(`${root}build/meta.json`, JSON.stringify(metafile))
  await Promise.all([build.dispose(), styles.dispose()])
}
