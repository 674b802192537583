"""Daemon, ingest, corrections, reanalyze, backup, export and sql at once for some minutes; then every article is there once.

python3 tests/reliability/mixed.py BINARY [--seconds 600]
"""
import argparse, os, threading, time
from common import FORMATS, Place, as_text, stop

parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--seconds", type=float, default=600)
args = parser.parse_args()

place = Place(args.binary)
marks, files, found, counts = set(), [], [], {}
until = time.monotonic() + args.seconds


def again(name, step, pause):
    """Repeats `step(number)` until the time is up; a command that fails is a fault."""
    def loop():
        number = 0
        while time.monotonic() < until:
            done = step(number)
            if done is not None and done.returncode != 0:
                found.append(f"{name}: {done.stderr.strip()[:300]}")
            number += 1
            counts[name] = number
            time.sleep(pause)
    return threading.Thread(target=loop)


def dropped(number):
    ending, make = FORMATS[number % len(FORMATS)]
    mark = f"d{number:06}"
    marks.add(mark)
    files.append(mark + ending)
    place.drop(mark + ending, make(mark))


def ingested(number):
    mark = f"i{number:06}"
    path = os.path.join(place.root, mark + ".txt")
    with open(path, "wb") as out:
        out.write(as_text(mark))
    marks.add(mark)
    return place.run("ingest", path)


def backed_up(number):
    path = os.path.join(place.root, f"backup{number}.db")
    done = place.run("backup", path)
    if os.path.exists(path):
        os.unlink(path)
    return done


def corrected(number):
    names = place.query("select id from entities order by id limit 1")
    return place.run("entity", "alias", str(names[0][0]), f"Alias {number}") if names else None


daemon = place.watch()
dropped(999999)
place.wait_empty(60)
threads = [again("drop", dropped, 0.05), again("ingest", ingested, 0.5), again("entity alias", corrected, 1),
           again("reanalyze", lambda _: place.run("reanalyze"), 3), again("backup", backed_up, 2),
           again("export", lambda _: place.run("export", "articles"), 2),
           again("sql", lambda _: place.run("sql", "select count(*) from mentions"), 0.5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
empty = place.wait_empty(120)
code = stop(daemon)
print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
found += place.faults(marks, files)
found += [] if empty else ["the inbox did not become empty"]
found += [f"the daemon ended with {code}"] if code else []
place.finish(found)
