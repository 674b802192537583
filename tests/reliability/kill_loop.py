"""Kills `watch` with SIGKILL at random instants while files arrive; afterwards every article is there exactly once.

python3 tests/reliability/kill_loop.py BINARY [--kills 2000] [--seed 1] [--inbox-on /dev/shm]
"""
import argparse, random, time
from common import FORMATS, Place, stop

parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--kills", type=int, default=2000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--inbox-on")
args = parser.parse_args()

dice = random.Random(args.seed)
place = Place(args.binary, args.inbox_on)
marks, files, killed, ended = {"first"}, ["first.txt"], 0, 0
place.drop("first.txt", FORMATS[0][1]("first"))
began, daemon = time.monotonic(), place.watch()
place.wait_empty(60)
# Starting takes most of the time of a short life: kills are spread around the time that a start and one file take.
usual = time.monotonic() - began
stop(daemon)
for round_ in range(args.kills):
    for number in range(dice.randint(1, 6)):
        mark = f"k{round_:05}x{number}"
        ending, make = dice.choice(FORMATS)
        place.drop(mark + ending, make(mark))
        marks.add(mark)
        files.append(mark + ending)
    if round_ % 10 == 0:
        inside = [f"b{round_:05}x{number}" for number in range(40)]
        place.drop_bundle(f"bundle{round_:05}.zip", inside)
        marks.update(inside)
        files.append(f"bundle{round_:05}.zip")
    daemon = place.watch()
    time.sleep(dice.uniform(0.1, 2.0) * usual)
    if daemon.poll() is None:
        daemon.kill()
        killed += 1
    else:
        ended += 1
    daemon.wait()
before = place.query("select count(*) from articles")[0][0]
# One more file, so that an empty inbox means that the last daemon runs and can be told to stop.
place.drop("last.txt", FORMATS[0][1]("last"))
marks.add("last")
files.append("last.txt")
daemon = place.watch()
empty = place.wait_empty(120 + len(marks) / 20)
code = stop(daemon)
print(f"{killed} kills, {len(files)} files, {len(marks)} articles, {before} of them stored before the last start")
found = place.faults(marks, files)
found += [f"{ended} starts ended by themselves"] if ended else []
found += [] if empty else ["the inbox did not become empty"]
found += [f"the last daemon ended with {code}"] if code else []
place.finish(found)
