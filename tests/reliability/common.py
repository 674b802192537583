"""What the reliability checks share: articles with a unique word each, a daemon, and an oracle that reads the archive itself."""
import os, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time, zipfile

CONFIG = """[archive]
path = "{archive}"
[inbox]
path = "{inbox}"
settle_ms = 100
poll_ms = 500
"""


def story(mark):
    """An article whose headline and body hold `mark`, a word that no other article has."""
    return (f"Harbour board reviews plan {mark}",
            f"The harbour board of Westmoor met on Tuesday to review plan {mark}. Chair Ingrid Halvorsen said that "
            f"the {mark} works would begin in spring and that residents could comment until the end of the month.")


def as_text(mark):
    head, body = story(mark)
    return f"{head}\n\n{body}\n".encode()


def as_html(mark):
    head, body = story(mark)
    return f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1><p>{body}</p></article></body></html>".encode()


def as_markdown(mark):
    head, body = story(mark)
    return f"# {head}\n\n{body}\n".encode()


FORMATS = [(".txt", as_text), (".html", as_html), (".md", as_markdown)]


class Place:
    """A temporary archive with its inbox, which may be on another device."""

    def __init__(self, binary, inbox_on=None):
        self.binary = os.path.abspath(binary)
        self.root = tempfile.mkdtemp(prefix="microfiche-reliability-")
        self.inbox = tempfile.mkdtemp(prefix="microfiche-inbox-", dir=inbox_on or self.root)
        self.archive = os.path.join(self.root, "archive.db")
        self.config = os.path.join(self.root, "config.toml")
        with open(self.config, "w") as out:
            out.write(CONFIG.format(archive=self.archive, inbox=self.inbox))
        self.log = open(os.path.join(self.root, "daemon.log"), "ab")

    def command(self, *args):
        return [self.binary, "--config", self.config, *args]

    def watch(self, **env):
        return subprocess.Popen(self.command("watch"), stdout=self.log, stderr=self.log, cwd=self.root, env={**os.environ, **env})

    def run(self, *args):
        return subprocess.run(self.command(*args), capture_output=True, text=True, cwd=self.root)

    def drop(self, name, data):
        """Writes beside the name and renames, as a careful program does."""
        part = os.path.join(self.inbox, "." + name + ".part")
        with open(part, "wb") as out:
            out.write(data)
        os.rename(part, os.path.join(self.inbox, name))

    def drop_bundle(self, name, marks):
        part = os.path.join(self.inbox, "." + name + ".part")
        with zipfile.ZipFile(part, "w") as bundle:
            for mark in marks:
                bundle.writestr(mark + ".txt", as_text(mark))
        os.rename(part, os.path.join(self.inbox, name))

    def query(self, sql):
        connection = sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def waiting(self):
        return [name for _, _, names in os.walk(self.inbox) for name in names]

    def wait_empty(self, seconds):
        """Waits until the inbox is empty; False if it is not in time."""
        end = time.monotonic() + seconds
        while self.waiting():
            if time.monotonic() > end:
                return False
            time.sleep(0.2)
        return True

    def faults(self, marks, files):
        """What is wrong: each mark belongs to one article, each dropped file to one place, and doctor is content."""
        found = []
        titles = {}
        for (title,) in self.query("select title from articles"):
            mark = title.split()[-1]
            titles[mark] = titles.get(mark, 0) + 1
        found += [f"lost: {mark}" for mark in marks if mark not in titles]
        found += [f"{count} times: {mark}" for mark, count in titles.items() if count != 1]
        found += [f"not dropped: {mark}" for mark in titles if mark not in marks]
        filed = [name for _, _, names in os.walk(os.path.join(self.root, "filed")) for name in names]
        found += [f"filed {filed.count(name)} times: {name}" for name in files if filed.count(name) != 1]
        found += [f"still in the inbox: {name}" for name in self.waiting()]
        doctor = self.run("doctor")
        if doctor.returncode != 0:
            found.append("doctor: " + doctor.stdout + doctor.stderr)
        return found

    def finish(self, found):
        """Prints the faults and exits; keeps the folder if there are any."""
        for fault in found[:20]:
            print("FAULT", fault)
        print(f"{len(found)} faults" + (f"; kept {self.root}" if found else ""))
        if not found:
            shutil.rmtree(self.root)
            shutil.rmtree(self.inbox, ignore_errors=True)
        sys.exit(1 if found else 0)


def stop(daemon):
    daemon.send_signal(signal.SIGTERM)
    return daemon.wait(timeout=60)
