"""What a script does in an afternoon: a file into one table of SQLite, and that table into a file.

There are no questionnaires, no versions, no segments, no rules, and no figures that follow.
"""

import csv
import itertools
import sqlite3
import sys


def bring_in(file, database):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = wal")
    with open(file, newline="", encoding="utf-8") as source:
        rows = csv.reader(source)
        header = next(rows)
        names = ", ".join(f"{name} text" for name in header)
        connection.execute(f"CREATE TABLE answers ({names}, PRIMARY KEY (id))")
        places = ", ".join("?" for _ in header)
        while group := list(itertools.islice(rows, 10_000)):
            with connection:
                connection.executemany(f"INSERT INTO answers VALUES ({places})", group)
    connection.close()


def write_out(database, file):
    connection = sqlite3.connect(database)
    found = connection.execute("SELECT * FROM answers")
    with open(file, "w", newline="", encoding="utf-8") as target:
        rows = csv.writer(target)
        rows.writerow([column[0] for column in found.description])
        rows.writerows(found)
    connection.close()


if __name__ == "__main__":
    what, *files = sys.argv[1:]
    {"import": bring_in, "export": write_out}[what](*files)
