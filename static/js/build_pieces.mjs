/** Keeps pages to few files. esbuild makes a file for every different set of pieces that share a
 * module, so that each script loaded on demand would cut the first page into more and smaller ones.
 * Here such a script is told to import what loaded it, which costs nothing, since that is there. */
import { readFileSync } from "node:fs"
import { join } from "node:path"

const STATIC = /^\s*(?:import|export)\b[^"'()]*["'](#[\w/]+)["']/gm
const COMMENT = /\/\*[\s\S]*?\*\//g
const ON_DEMAND = /\bimport\(["'](#[\w/]+)["']\)/g

/** @param {string} folder of the scripts @param {string[]} entries in the order in which pages load them */
export function fewFiles(folder, entries) {
  return {
    name: "few files",
    setup({ onLoad }) {
      onLoad({ filter: /static[/\\]js[/\\]\w+[/\\]\w+\.js$/ }, ({ path }) => {
        const bases = standsOn(folder, entries).get(path) ?? []
        const imports = bases.map((base) => `\nimport ${JSON.stringify(base)}`)
        return { contents: readFileSync(path, "utf8") + imports.join(""), loader: "js" }
      })
    },
  }
}

/** Script loaded on demand -> what is there when it is: what loaded it, or, of an entry, what that
 * begins with, since the entry itself may still be waiting. @returns {Map<string, string[]>} */
function standsOn(folder, entries) {
  const found = new Map()
  const roots = entries.map((name) => join(folder, name))
  const isEntry = (root) => entries.some((name) => root === join(folder, name))
  const atOnce = new Set(roots.flatMap((root) => [...closure(folder, root)]))
  for (const root of roots) {
    for (const path of closure(folder, root)) {
      for (const piece of named(folder, path, ON_DEMAND)) {
        if (found.has(piece) || atOnce.has(piece)) continue
        found.set(piece, isEntry(root) ? named(folder, root, STATIC) : [root])
        roots.push(piece)
      }
    }
  }
  return found
}

/** The script and all that it imports before it runs. */
function closure(folder, root) {
  const paths = new Set([root])
  for (const path of paths) for (const next of named(folder, path, STATIC)) paths.add(next)
  return paths
}

function named(folder, path, how) {
  const source = readFileSync(path, "utf8").replace(COMMENT, "")
  return [...source.matchAll(how)].map(([, name]) => join(folder, `${name.slice(1)}.js`))
}

/** Entry -> the chunks that have to be there before it runs, itself among them where it is one, by
 * the names under which pages ask for them.
 * @param {import("esbuild").Metafile} metafile @param {Record<string, string>} entries name -> source */
export function chunksBelow({ outputs }, entries) {
  const of = (source) => Object.keys(outputs).find((file) => outputs[file].entryPoint === source)
  return Object.fromEntries(Object.entries(entries).map(([name, source]) => {
    const files = new Set([of(source)])
    for (const file of files) {
      for (const { path, kind } of outputs[file].imports) if (kind === "import-statement") files.add(path)
    }
    const chunks = [...files].map((file) => file.replace("build/js/", "")).filter((file) => file.startsWith("c/"))
    return [name, chunks]
  }))
}
