"""Drops N files into the inbox of a daemon that is stopped (SIGSTOP), then lets it continue.

python3 tests/reliability/burst.py BINARY [--files 100000]
"""
import argparse, signal, time
from common import FORMATS, Place, stop

parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--files", type=int, default=100000)
args = parser.parse_args()

place = Place(args.binary)
daemon = place.watch()
place.drop("first.txt", FORMATS[0][1]("first"))
empty = place.wait_empty(60)
daemon.send_signal(signal.SIGSTOP)
marks, files = {"first"}, ["first.txt"]
for number in range(args.files):
    ending, make = FORMATS[number % len(FORMATS)]
    mark = f"n{number:07}"
    place.drop(mark + ending, make(mark))
    marks.add(mark)
    files.append(mark + ending)
daemon.send_signal(signal.SIGCONT)
start = time.monotonic()
empty = place.wait_empty(120 + args.files / 20) and empty
took = time.monotonic() - start
code = stop(daemon)
print(f"{args.files} files taken in {took:.0f} s")
found = place.faults(marks, files)
found += [] if empty else ["the inbox did not become empty"]
found += [f"the daemon ended with {code}"] if code else []
place.finish(found)
