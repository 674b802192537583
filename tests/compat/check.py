"""Other programs read the archive: the sqlite3 shell, Python's sqlite3, sqlite-utils and Datasette open it, list it, count and
read every table and view, and search its full text.

Usage: check.py MICROFICHE, with the Python in whose environment sqlite-utils and Datasette are installed.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def archive(microfiche, folder):
    """An archive with something in as many tables as can be filled from outside."""
    run(microfiche, "ingest", ROOT / "tests/newsroom", ROOT / "tests/letters", cwd=folder)
    run(microfiche, "watchlist", "add", "board", ROOT / "tests/newsroom/board.csv", cwd=folder)
    run(microfiche, "search", "harbour", "--save", "harbour", cwd=folder)
    return folder / "archive.db"


def names(db):
    """Tables and views, and the full-text indexes among them."""
    connection = sqlite3.connect(db)
    rows = connection.execute("select name, coalesce(sql, '') from sqlite_master where type in ('table', 'view')").fetchall()
    everything = [name for name, _ in rows]
    indexes = [name for name, sql in rows if "using fts5" in sql]
    assert "articles" in everything and {"articles_fts", "articles_cjk"} <= set(indexes), everything
    return everything, indexes


def with_shell(db, everything):
    print("sqlite3", run("sqlite3", "--version").split()[0])
    assert run("sqlite3", "-readonly", db, "pragma integrity_check").strip() == "ok"
    for name in everything:
        assert int(run("sqlite3", "-readonly", db, f'select count(*) from "{name}"')) >= 0
    assert int(run("sqlite3", "-readonly", db, "select count(*) from articles_fts where articles_fts match 'harbour'")) > 0


def with_python(db, everything):
    print("Python", sys.version.split()[0], "with SQLite", sqlite3.sqlite_version)
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    for name in everything:
        n = connection.execute(f'select count(*) from "{name}"').fetchone()[0]
        assert len(connection.execute(f'select * from "{name}"').fetchall()) == n, name
    for index, word in [("articles_fts", "harbour"), ("articles_cjk", '"嵐の"')]:
        found = connection.execute(f"select rowid from {index} where {index} match ?", [word]).fetchall()
        assert found, f"{index}: {word}"


def with_sqlite_utils(db, everything):
    utils = BIN / "sqlite-utils"
    print(run(utils, "--version").strip())
    tables = json.loads(run(utils, "tables", db, "--counts")) + json.loads(run(utils, "views", db, "--counts"))
    assert {row.get("table") or row.get("view") for row in tables} >= set(everything), tables
    for name in everything:
        run(utils, "rows", db, name, "--limit", "20")
    for table, word in [("articles", "harbour"), ("articles_cjk", '"嵐の"')]:
        assert json.loads(run(utils, "search", db, table, word, "--limit", "5")), table


def with_datasette(db, everything):
    datasette = BIN / "datasette"
    print(run(datasette, "--version").strip())
    listed = json.loads(run(datasette, db, "--get", "/archive.json"))
    assert {table["name"] for table in listed["tables"]} <= set(everything)
    for name in everything:
        page = json.loads(run(datasette, db, "--get", f"/archive/{name}.json?_shape=objects&_size=20"))
        assert isinstance(page["rows"], list), name
    for table, word in [("articles", "harbour"), ("articles_fts", "harbour"), ("articles_cjk", "嵐の")]:
        everywhere = json.loads(run(datasette, db, "--get", f"/archive/{table}.json?_shape=objects&_size=max"))
        page = f"/archive/{table}.json?_search={quote(word)}&_shape=objects&_size=max"
        found = json.loads(run(datasette, db, "--get", page))
        assert 0 < len(found["rows"]) < len(everywhere["rows"]), table


def deletes(db):
    """An old SQLite may also delete: the triggers need no function of the program."""
    connection = sqlite3.connect(db)
    connection.execute("pragma foreign_keys = on")
    connection.execute("delete from articles where id = (select max(rowid) from articles_cjk)")
    connection.execute("insert into articles_fts (articles_fts) values ('integrity-check')")
    connection.commit()


def main():
    microfiche = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        db = archive(microfiche, Path(folder))
        everything, _ = names(db)
        for check in (with_shell, with_python, with_sqlite_utils, with_datasette):
            check(db, everything)
        deletes(db)
    print(f"{len(everything)} tables and views can be read")


main()
