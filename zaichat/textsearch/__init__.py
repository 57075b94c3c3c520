"""Full-text search that finds Chinese as well as English, on SQLite and on PostgreSQL.

A text is written down a second time as its grams (`grams`): words as they are, signs of languages
without blanks as overlapping pairs. The database only ever sees grams, so both find the same.
`query` reads what people type, `matching` asks the database, `snippets` shows the hit.
"""
