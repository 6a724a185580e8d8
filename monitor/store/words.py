"""The word index: which publications have which words, on their page or in their files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_VERSIONS, _PAPERS, _FORM = "words-versions", "words-papers", "words-form"
_MOST_CHARACTERS = 4_000_000
"""Of the texts that are read at once."""
_CARRIED = (
    "FROM paper_texts t JOIN papers f ON f.sha256 = t.sha256 JOIN attachments a ON a.url = f.url"
    " JOIN publications p ON p.id = a.publication_id AND p.version = a.version WHERE"
)
_HAVING = (
    "SELECT p.id FROM publications p"
    " WHERE p.version_id IN (SELECT rowid FROM version_words_fts WHERE version_words_fts MATCH :words)"
    f" UNION ALL SELECT p.id {_CARRIED} t.id IN (SELECT rowid FROM paper_words_fts WHERE paper_words_fts MATCH :words)"
    " UNION ALL SELECT p.id FROM publications p WHERE p.version_id > :versions"
    f" UNION ALL SELECT p.id {_CARRIED} t.id > :papers"
)


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The tables version_words_fts and paper_words_fts. It finds every publication that has the words, and may find others: those
    that have come in since it was last filled, and those whose words are about to be read by newer rules.
    """

    connection: sqlite3.Connection

    def unread_versions(self, form: int, limit: int) -> tuple[tuple[int, tuple[str, str, str]], ...]:
        """Latest versions that are not in the index yet: id, and title, summary and text."""
        rows = self.connection.execute(
            "SELECT v.id, v.title, v.summary, v.text FROM versions v JOIN publications p ON p.version_id = v.id"
            " WHERE v.id > ? ORDER BY v.id LIMIT ?",
            (self._reached(_VERSIONS, form), limit),
        )
        return tuple((row["id"], (row["title"], row["summary"], row["text"])) for row in rows)

    def unread_papers(self, form: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Texts of files that are not in the index yet, with their ids; fewer where they are long."""
        rows = self.connection.execute(
            "SELECT id, text FROM paper_texts WHERE id > ? ORDER BY id LIMIT ?", (self._reached(_PAPERS, form), limit)
        )
        found: list[tuple[int, str]] = []
        for row in rows:
            found.append((row["id"], row["text"]))
            if sum(len(text) for _, text in found) > _MOST_CHARACTERS:
                break
        return tuple(found)

    def record_versions(self, form: int, words: Sequence[tuple[int, str]]) -> None:
        """Enter the words of versions, by their ids in order. Call within a transaction."""
        self._record("version_words_fts", _VERSIONS, form, words)

    def record_papers(self, form: int, words: Sequence[tuple[int, str]]) -> None:
        """Enter the words of files, by the ids of their texts in order. Call within a transaction."""
        self._record("paper_words_fts", _PAPERS, form, words)

    def having(self, form: int, expression: str) -> set[int]:
        """The ids of publications that may have what an FTS5 expression asks for, on their page or in a file."""
        return {row[0] for row in self.connection.execute(_HAVING, self._asked(form, expression))}

    def has(self, form: int, expression: str) -> bool:
        """Whether any publication may have what an FTS5 expression asks for."""
        asked = self._asked(form, expression)
        return bool(self.connection.execute(f"SELECT EXISTS ({_HAVING})", asked).fetchone()[0])

    def vocabulary(self) -> Iterator[str]:
        """Every word that is in the index, each once."""
        for table in ("version_words_fts", "paper_words_fts"):
            self.connection.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_vocabulary USING fts5vocab (main, {table}, row)"
            )
        rows = self.connection.execute(
            "SELECT term FROM temp.version_words_fts_vocabulary UNION SELECT term FROM temp.paper_words_fts_vocabulary"
        )
        return (row["term"] for row in rows)

    def _asked(self, form: int, expression: str) -> dict[str, str | int]:
        reached = {"versions": self._reached(_VERSIONS, form), "papers": self._reached(_PAPERS, form)}
        return {"words": expression, **reached}

    def _record(self, table: str, verb: str, form: int, words: Sequence[tuple[int, str]]) -> None:
        if self._at(_FORM) != form:
            for each in ("version_words_fts", "paper_words_fts"):
                self.connection.execute(f"INSERT INTO {each} ({each}) VALUES ('delete-all')")
            self._reach({_FORM: form, _VERSIONS: 0, _PAPERS: 0})
        self.connection.executemany(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", words)
        self._reach({verb: words[-1][0]})

    def _reached(self, verb: str, form: int) -> int:
        """How far the index goes; nowhere where it was made by other rules of reading."""
        return self._at(verb) if self._at(_FORM) == form else 0

    def _at(self, verb: str) -> int:
        row = self.connection.execute("SELECT at FROM progress WHERE verb = ?", (verb,)).fetchone()
        return int(row["at"]) if row else 0

    def _reach(self, places: dict[str, int]) -> None:
        self.connection.executemany(
            "INSERT INTO progress (verb, at) VALUES (?, ?) ON CONFLICT (verb) DO UPDATE SET at = excluded.at",
            list(places.items()),
        )
