/** The languages whose code is coloured: the end of a file's name, other names, the definition. */

/** @typedef {{name: string, load: () => Promise<{default: import("highlight.js").LanguageFn}>}} Definition */

/** @type {Record<string, [string, string, Definition["load"]]>} */
const LANGUAGES = {
  bash: ["sh", "sh shell-script zsh shellscript", () => import("highlight.js/lib/languages/bash")],
  shell: ["sh", "console shell-session", () => import("highlight.js/lib/languages/shell")],
  powershell: ["ps1", "ps1 pwsh", () => import("highlight.js/lib/languages/powershell")],
  c: ["c", "h", () => import("highlight.js/lib/languages/c")],
  cpp: ["cpp", "c++ cc hpp", () => import("highlight.js/lib/languages/cpp")],
  csharp: ["cs", "cs c#", () => import("highlight.js/lib/languages/csharp")],
  css: ["css", "", () => import("highlight.js/lib/languages/css")],
  scss: ["scss", "sass", () => import("highlight.js/lib/languages/scss")],
  less: ["less", "", () => import("highlight.js/lib/languages/less")],
  dart: ["dart", "", () => import("highlight.js/lib/languages/dart")],
  diff: ["diff", "patch", () => import("highlight.js/lib/languages/diff")],
  dockerfile: ["dockerfile", "docker", () => import("highlight.js/lib/languages/dockerfile")],
  elixir: ["ex", "ex exs", () => import("highlight.js/lib/languages/elixir")],
  erlang: ["erl", "erl", () => import("highlight.js/lib/languages/erlang")],
  go: ["go", "golang", () => import("highlight.js/lib/languages/go")],
  graphql: ["graphql", "gql", () => import("highlight.js/lib/languages/graphql")],
  haskell: ["hs", "hs", () => import("highlight.js/lib/languages/haskell")],
  http: ["http", "", () => import("highlight.js/lib/languages/http")],
  ini: ["ini", "toml conf cfg", () => import("highlight.js/lib/languages/ini")],
  java: ["java", "", () => import("highlight.js/lib/languages/java")],
  javascript: ["js", "js jsx mjs cjs node", () => import("highlight.js/lib/languages/javascript")],
  json: ["json", "jsonc json5", () => import("highlight.js/lib/languages/json")],
  julia: ["jl", "jl", () => import("highlight.js/lib/languages/julia")],
  kotlin: ["kt", "kt kts", () => import("highlight.js/lib/languages/kotlin")],
  latex: ["tex", "tex", () => import("highlight.js/lib/languages/latex")],
  lua: ["lua", "", () => import("highlight.js/lib/languages/lua")],
  makefile: ["mk", "make mk", () => import("highlight.js/lib/languages/makefile")],
  markdown: ["md", "md", () => import("highlight.js/lib/languages/markdown")],
  matlab: ["m", "octave", () => import("highlight.js/lib/languages/matlab")],
  nginx: ["conf", "nginxconf", () => import("highlight.js/lib/languages/nginx")],
  objectivec: ["m", "objc objective-c", () => import("highlight.js/lib/languages/objectivec")],
  perl: ["pl", "pl", () => import("highlight.js/lib/languages/perl")],
  php: ["php", "", () => import("highlight.js/lib/languages/php")],
  plaintext: ["txt", "text txt plain", () => import("highlight.js/lib/languages/plaintext")],
  python: ["py", "py python3 ipython", () => import("highlight.js/lib/languages/python")],
  r: ["r", "", () => import("highlight.js/lib/languages/r")],
  ruby: ["rb", "rb", () => import("highlight.js/lib/languages/ruby")],
  rust: ["rs", "rs", () => import("highlight.js/lib/languages/rust")],
  scala: ["scala", "", () => import("highlight.js/lib/languages/scala")],
  sql: ["sql", "mysql postgresql postgres sqlite plpgsql", () => import("highlight.js/lib/languages/sql")],
  swift: ["swift", "", () => import("highlight.js/lib/languages/swift")],
  typescript: ["ts", "ts tsx", () => import("highlight.js/lib/languages/typescript")],
  vbnet: ["vb", "vb", () => import("highlight.js/lib/languages/vbnet")],
  verilog: ["v", "systemverilog", () => import("highlight.js/lib/languages/verilog")],
  vim: ["vim", "viml", () => import("highlight.js/lib/languages/vim")],
  wasm: ["wat", "wat", () => import("highlight.js/lib/languages/wasm")],
  xml: ["xml", "html svg xhtml rss vue", () => import("highlight.js/lib/languages/xml")],
  yaml: ["yaml", "yml", () => import("highlight.js/lib/languages/yaml")],
}

/** Endings that are not those of the language that colours them. */
/** @type {Record<string, string>} */
const ENDINGS = { html: "html", svg: "svg", mermaid: "mmd", tsx: "tsx", jsx: "jsx", toml: "toml", csv: "csv", vue: "vue", hpp: "hpp", h: "h" }

/** @type {Record<string, string>} */
const NAMES = {}
for (const [name, [, others]] of Object.entries(LANGUAGES)) {
  for (const one of [name, ...others.split(" ").filter(Boolean)]) NAMES[one] = name
}

/** @param {string} language as a fence names it @returns {Definition | null} */
export function definitionOf(language) {
  const name = NAMES[language.toLowerCase()]
  return name && name !== "plaintext" ? { name, load: LANGUAGES[name][2] } : null
}

/** What a file in this language is called: `code.py`. @param {string} language */
export function fileName(language) {
  const asked = language.toLowerCase()
  return `code.${ENDINGS[asked] ?? LANGUAGES[NAMES[asked] ?? ""]?.[0] ?? "txt"}`
}
