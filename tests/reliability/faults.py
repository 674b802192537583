"""Fails one system call of the daemon after the other and looks at what becomes of the files.

For each kind of call and each error, run after run fails the Nth call on a file of the archive or the inbox, until there is no
Nth. Then the daemon runs once more without faults, and every good file must be stored once and filed.

python3 tests/reliability/faults.py BINARY [--every 1] [--calls open,read,...] [--errors ENOSPC,EIO,EACCES,EMFILE]      (Linux, cc)
"""
import argparse, errno, os, shutil, subprocess, tempfile
from common import Place, as_html, as_text

CALLS = "open,read,write,sync,rename,unlink,mkdir,truncate"
# The system's trouble of the moment: no good file is refused for it.
PASSING = {"ENOSPC", "EIO", "EMFILE"}
MARKS = ["alpha", "bravo", "charlie", "delta", "echo"]

parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--every", type=int, default=1, help="only every so-manieth call")
parser.add_argument("--calls", default=CALLS)
parser.add_argument("--errors", default="ENOSPC,EIO,EACCES,EMFILE")
args = parser.parse_args()

tools = tempfile.mkdtemp(prefix="microfiche-faults-")
shim = os.path.join(tools, "faults.so")
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults.c")
subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", shim, source, "-ldl"], check=True)


def once(call, n, error):
    """Whether there was an Nth call, and what is wrong after it."""
    place = Place(args.binary)
    place.drop("one.txt", as_text(MARKS[0]))
    place.drop("two.html", as_html(MARKS[1]))
    place.drop_bundle("three.zip", MARKS[2:])
    fired = os.path.join(tools, "fired")
    if os.path.exists(fired):
        os.unlink(fired)
    env = {**os.environ, "LD_PRELOAD": shim, "FAULT_CALL": call, "FAULT_N": str(n), "FAULT_ROOT": place.root,
           "FAULT_ERRNO": str(getattr(errno, error)), "FAULT_FIRED": fired}
    first = subprocess.run(place.command("watch", "--once"), env=env, capture_output=True, text=True, cwd=place.root, timeout=120)
    if not os.path.exists(fired):
        shutil.rmtree(place.root)
        return False, []
    found = []
    said = first.stdout + first.stderr
    if "panicked" in said or first.returncode < 0:
        found.append(f"exit {first.returncode}: {said[-400:]}")
    if "damaged" in said:
        found.append("it speaks of damage: " + said[-400:])
    if error in PASSING:
        failed = [name for _, _, names in os.walk(os.path.join(place.root, "failed")) for name in names]
        found += [f"refused: {name}" for name in failed]
    second = place.run("watch", "--once")
    if second.returncode != 0:
        found.append("the next run: " + (second.stdout + second.stderr)[-400:])
    if error not in PASSING:
        # What was refused for a lasting error is tried again on request.
        place.run("retry")
        place.run("watch", "--once")
    found += place.faults(MARKS, ["one.txt", "two.html", "three.zip"])
    where = open(fired).read().replace(place.root, "")
    shutil.rmtree(place.root)
    return True, [f"{call} {n} {error} on {where}: {fault}" for fault in found]


n_runs, faults = 0, []
for error in args.errors.split(","):
    for call in args.calls.split(","):
        if (error, call) == ("ENOSPC", "read"):
            # No read fails for want of room.
            continue
        n = 1
        while True:
            is_one, found = once(call, n, error)
            if not is_one:
                break
            n_runs += 1
            faults += found
            n += args.every
        print(f"{error} {call}: {n - 1} calls, {len(faults)} faults so far", flush=True)
for fault in faults[:60]:
    print("FAULT", fault)
print(f"{n_runs} faults injected, {len(faults)} wrong")
shutil.rmtree(tools)
raise SystemExit(1 if faults else 0)
