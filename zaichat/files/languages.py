"""Languages that programs and settings are written in, by the suffix of a file that is text."""

LANGUAGES = {
    ".py": "Python", ".pyi": "Python", ".js": "JavaScript", ".mjs": "JavaScript",
    ".cjs": "JavaScript", ".jsx": "JavaScript", ".ts": "TypeScript", ".tsx": "TypeScript",
    ".vue": "Vue", ".svelte": "Svelte", ".css": "CSS", ".scss": "SCSS", ".less": "Less",
    ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".cxx": "C++", ".hpp": "C++",
    ".cs": "C#", ".java": "Java", ".kt": "Kotlin", ".kts": "Kotlin", ".scala": "Scala",
    ".go": "Go", ".rs": "Rust", ".swift": "Swift", ".m": "Objective-C", ".mm": "Objective-C",
    ".rb": "Ruby", ".php": "PHP", ".pl": "Perl", ".pm": "Perl", ".lua": "Lua", ".r": "R",
    ".jl": "Julia", ".dart": "Dart", ".ex": "Elixir", ".exs": "Elixir", ".erl": "Erlang",
    ".hs": "Haskell", ".ml": "OCaml", ".clj": "Clojure", ".fs": "F#", ".vb": "Visual Basic",
    ".sh": "Shell", ".bash": "Shell", ".zsh": "Shell", ".fish": "Shell", ".ps1": "PowerShell",
    ".bat": "Batch", ".cmd": "Batch", ".sql": "SQL", ".graphql": "GraphQL", ".proto": "Protobuf",
    ".xml": "XML", ".xsd": "XML", ".xsl": "XML", ".plist": "XML", ".yaml": "YAML", ".yml": "YAML",
    ".toml": "TOML", ".ini": "INI", ".cfg": "INI", ".conf": "Configuration",
    ".properties": "Properties", ".env": "Configuration", ".tf": "Terraform", ".gradle": "Gradle",
    ".cmake": "CMake", ".asm": "Assembly", ".s": "Assembly", ".tex": "LaTeX", ".bib": "BibTeX",
    ".rst": "reStructuredText", ".adoc": "AsciiDoc", ".org": "Org", ".log": "Log", ".diff": "Diff",
    ".patch": "Diff", ".srt": "Subtitles", ".vtt": "Subtitles", ".po": "Catalogue",
    ".ics": "Calendar", ".vcf": "Contacts", ".eml": "Mail",
}  # fmt: skip
