"""Puts new versions under one name, about 30 a second with pauses, while `watch` takes that file.

The writer exchanges names (RENAME_EXCHANGE), so it knows each version that it replaced itself before the daemon took it away.
Every other version was taken by the daemon and must be in the archive; so must every version that is filed.

python3 tests/reliability/replaced.py BINARY [--versions 5000] [--rate 30]      (Linux)
"""
import argparse, ctypes, errno, os, random, time
from common import Place, as_text, stop

NO_REPLACE, EXCHANGE, HERE = 1, 2, -100
libc = ctypes.CDLL(None, use_errno=True)


def renamed(old, new, how):
    """Whether the rename was done; False if the daemon was faster."""
    if libc.renameat2(HERE, old.encode(), HERE, new.encode(), how) == 0:
        return True
    if ctypes.get_errno() not in (errno.ENOENT, errno.EEXIST):
        raise OSError(ctypes.get_errno(), "renameat2")
    return False


parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--versions", type=int, default=5000)
parser.add_argument("--rate", type=float, default=30)
args = parser.parse_args()

place = Place(args.binary)
name, part = os.path.join(place.inbox, "wire.txt"), os.path.join(place.root, "wire.new")
replaced, dice = set(), random.Random(1)
daemon = place.watch()
for version in range(args.versions):
    with open(part, "wb") as out:
        out.write(as_text(f"v{version:06}"))
    while True:
        if renamed(part, name, NO_REPLACE):
            break
        if renamed(part, name, EXCHANGE):
            with open(part) as old:
                replaced.add(old.readline().split()[-1])
            os.unlink(part)
            break
    # Now and then the daemon gets the time to file one.
    time.sleep(dice.expovariate(args.rate) if dice.random() < 0.9 else dice.uniform(0, 0.5))
empty = place.wait_empty(60)
code = stop(daemon)
stored = {title.split()[-1] for (title,) in place.query("select title from articles")}
lost = [mark for mark in (f"v{n:06}" for n in range(args.versions)) if mark not in stored and mark not in replaced]
found = [f"taken but not stored: {mark}" for mark in lost]
for folder in ("filed", "duplicates", "failed"):
    for at, _, names in os.walk(os.path.join(place.root, folder)):
        for each in names:
            with open(os.path.join(at, each)) as text:
                mark = text.readline().split()[-1]
            found += [] if mark in stored else [f"in {folder} but not stored: {mark}"]
print(f"{args.versions} versions, {len(stored)} stored, {len(replaced)} replaced by the writer in the inbox, {len(lost)} lost")
doctor = place.run("doctor")
found += [] if doctor.returncode == 0 else ["doctor: " + doctor.stdout + doctor.stderr]
found += [] if empty else ["the inbox did not become empty"]
found += [f"the daemon ended with {code}"] if code else []
place.finish(found)
