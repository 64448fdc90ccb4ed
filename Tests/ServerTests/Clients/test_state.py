"""A cloud in a file: what was answered is there again, however the server ended."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
from pathlib import Path

import botocore.exceptions

from drydock import PROGRAM, REGION, ROOT, Server, Site
from registry import Image, Registry

KILLS = int(os.environ.get("DRYDOCK_KILLS", "5"))
CUT_OFF = (botocore.exceptions.BotoCoreError, OSError)
BY_HAND = ["--clock", "manual", "--epoch", "2026-01-01T00:00:00Z"]


def deploy(server):
    """A service whose second version is being rolled out."""
    site = Site(server)
    # The name that has nothing of this server's port in it.
    site.uri = f"000000000000.dkr.ecr.{REGION}.amazonaws.com/web"
    site.push("v1")
    site.network()
    site.balance()
    site.register()
    site.serve()
    server.advance(300)
    site.push("v2")
    site.update(forceNewDeployment=True)
    server.advance(50)
    return site


def keep(folder):
    """Writes the file of today's format that later versions have to open."""
    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "drydock.db")
        with Server(*BY_HAND, state=path) as server:
            deploy(server)
        with sqlite3.connect(path) as connection:
            number = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
        shutil.copy(path, os.path.join(folder, f"format-{number}.db"))


class Folder(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name
        self.file = os.path.join(place.name, "drydock.db")

    def server(self, *options, state=None):
        server = Server(*(options or BY_HAND), state=state or self.file)
        self.addCleanup(lambda: server.process.poll() is None and server.stop(signal.SIGKILL))
        return server

    def refused(self, *options, state=None):
        """Tries to start a server that does not start; gives back what it says."""
        done = subprocess.run(
            [PROGRAM, "serve", "--port", "0", "--state", state or self.file, *options],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        return done.stderr

    def ask(self, question, *values, state=None):
        connection = sqlite3.connect(state or self.file)
        try:
            with connection:
                return connection.execute(question, values).fetchall()
        finally:
            connection.close()


class Kept(Folder):
    def test_it_goes_on_as_one_that_never_stopped(self):
        ends = {}
        for how in [None, signal.SIGTERM, signal.SIGKILL]:
            self.file = os.path.join(self.folder, f"{how}.db")
            server = self.server()
            deploy(server)
            for seconds in [7, 0.5, 40]:
                if how:
                    before = server.control("state"), server.deployments()
                    status = server.stop(how)
                    self.assertEqual(status, 0 if how == signal.SIGTERM else -how)
                    server = self.server()
                    after = server.control("state"), server.deployments()
                    self.assertEqual(after[0]["fingerprint"], before[0]["fingerprint"])
                    self.assertEqual(after[1], before[1])
                server.advance(seconds)
            server.advance(600)
            ends[how] = server.control("state")["fingerprint"], server.deployments()
            server.stop()
        self.assertEqual(ends[signal.SIGTERM], ends[None])
        self.assertEqual(ends[signal.SIGKILL], ends[None])
        self.assertGreater(ends[None][1][-1]["bothVersions"]["seconds"], 0)

    def test_images_are_there_with_all_their_bytes(self):
        image = Image("v1")
        server = self.server()
        server.client("ecr").create_repository(repositoryName="web")
        self.assertEqual(Registry(server).push("web", image, "v1").status, 201)
        server.stop(signal.SIGKILL)
        server = self.server()
        self.assertEqual(Registry(server).pull("web", "v1"), [image.manifest, *image.blobs])
        server.stop()
        shutil.rmtree(self.file + ".images")
        done = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", "--state", self.file], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        self.assertIn("3 blobs are not in", done.stderr.readline())
        done.terminate()
        done.wait()
        done.stderr.close()

    def test_a_waiter_moves_the_clock_once_and_for_all(self):
        server = self.server("--clock", "demand", "--speed", "0", "--epoch",
                             "2026-01-01T00:00:00Z")
        site = Site(server)
        site.push("v1")
        site.network()
        site.balance()
        site.register()
        site.serve()
        site.ecs.get_waiter("services_stable").wait(cluster="web", services=["web"])
        now = server.control("clock")["now"]
        self.assertGreater(now, 15)
        server.stop(signal.SIGKILL)
        server = self.server("--clock", "demand", "--speed", "0")
        self.assertEqual(server.control("clock")["now"], now)

    def test_what_happens_to_the_time_in_between(self):
        for clock, passes in [("real", True), ("demand", False), ("manual", False)]:
            self.file = os.path.join(self.folder, f"{clock}.db")
            options = ["--clock", clock]
            if clock != "manual":
                options += ["--speed", "100"]
            server = self.server(*options)
            server.client("ecs").create_cluster(clusterName="web")
            before = server.control("clock")["now"]
            server.stop(signal.SIGKILL)
            # As if the server had been away for two hours.
            self.ask("UPDATE journal SET wall = wall - 7200000")
            self.ask("UPDATE snapshots SET wall = wall - 7200000")
            server = self.server(*options)
            passed = server.control("clock")["now"] - before
            server.stop()
            if passes:
                self.assertGreaterEqual(passed, 720_000)
            else:
                self.assertLess(passed, 10_000)

    def test_reset_throws_everything_away_for_good(self):
        server = self.server()
        server.client("ecs").create_cluster(clusterName="web")
        server.control("reset", {})
        server.client("ecs").create_cluster(clusterName="new")
        server.stop(signal.SIGKILL)
        server = self.server()
        arns = server.client("ecs").list_clusters()["clusterArns"]
        self.assertEqual([arn.rsplit("/")[-1] for arn in arns], ["new"])

    def test_two_servers_do_not_share_a_file(self):
        server = self.server()
        said = self.refused()
        self.assertIn(f"is in use by another server (process {server.process.pid})", said)

    def test_a_snapshot_bounds_what_has_to_be_done_again(self):
        server = self.server()
        ecs = server.client("ecs")
        ecs.create_cluster(clusterName="web")
        for number in range(5_050):
            ecs.put_account_setting(name="taskLongArnFormat", value="enabled")
            if number > 5_000 and self.ask("SELECT max(number) FROM snapshots")[0][0] > 0:
                break
        server.stop(signal.SIGKILL)
        kept = self.ask("SELECT max(number) FROM snapshots")[0][0]
        self.assertGreaterEqual(kept, 5_000)
        server = self.server()
        self.assertEqual(len(server.client("ecs").list_clusters()["clusterArns"]), 1)


class Rewound(Folder):
    """Time that can be turned back."""

    def history(self, server):
        """The cloud at instants of a deployment, as a client saw it then."""
        deploy(server)
        seen = {}
        for seconds in [10, 20, 30, 40]:
            server.advance(seconds)
            state = server.control("state")
            seen[state["now"]] = state["fingerprint"], server.control("cloud")
        return seen

    def test_the_past_can_be_looked_at(self):
        server = self.server()
        seen = self.history(server)
        now = max(seen)
        for instant in sorted(seen)[:-1]:
            said = server.control("rewind", {"to": instant})
            self.assertEqual((said["now"], said["present"], said["lookingBack"]),
                             (instant, now, True))
            self.assertEqual(server.control("cloud"), seen[instant][1])
            described = server.client("ecs").describe_services(cluster="web", services=["web"])
            self.assertEqual(len(described["services"][0]["deployments"]), 2)
            with self.assertRaises(botocore.exceptions.ClientError) as refusal:
                server.client("ecs").create_cluster(clusterName="new")
            self.assertIn("in the past", str(refusal.exception))
            with self.assertRaises(urllib.error.HTTPError) as refusal:
                server.advance(1)
            self.assertEqual(refusal.exception.code, 409)
            refusal.exception.close()
        # The past is nothing that is kept.
        server.stop()
        server = self.server()
        self.assertEqual(server.control("state")["fingerprint"], seen[now][0])
        server.control("rewind", {"to": min(seen)})
        said = server.control("rewind", {"to": "now"})
        self.assertEqual((said["now"], said["lookingBack"]), (now, False))
        self.assertEqual(server.control("state")["fingerprint"], seen[now][0])
        server.client("ecs").create_cluster(clusterName="new")

    def test_a_fork_goes_on_as_it_did(self):
        server = self.server()
        seen = self.history(server)
        first, *_, last = sorted(seen)
        server.client("ecs").create_cluster(clusterName="later")
        present = server.control("state")["fingerprint"]
        said = server.control("rewind", {"to": first, "fork": True})
        self.assertEqual(said["kept"], self.file + ".before-1")
        self.assertEqual(server.control("state")["fingerprint"], seen[first][0])
        server.advance(last - first)
        self.assertEqual(server.control("state")["fingerprint"], seen[last][0])
        server.stop(signal.SIGKILL)
        server = self.server()
        self.assertEqual(server.control("state")["fingerprint"], seen[last][0])
        server.stop()
        kept = self.server(state=said["kept"])
        self.assertEqual(kept.control("state")["fingerprint"], present)
        tags = kept.client("ecr").list_images(repositoryName="web")["imageIds"]
        self.assertEqual(len(tags), 2)

    def test_what_cannot_be_rewound(self):
        server = self.server()
        server.advance(10)
        for body, status, part in [
            ({"to": 11}, 400, "still to come"), ({"to": "soon"}, 400, "is seconds since"),
            ({"to": "2020-01-01T00:00:00Z"}, 400, "before that"), ({}, 400, "is seconds since"),
            ({"to": 1, "fork": 2}, 400, "true or false"), ({"at": 1}, 400, "Say where to"),
        ]:
            self.assertIn(part, self.problem(server, "rewind", body, status))
        with Server(*BY_HAND) as memory:
            memory.advance(10)
            said = self.problem(memory, "rewind", {"to": 5}, 409)
            self.assertIn("keeps no journal", said)

    def problem(self, server, path, body, status):
        with self.assertRaises(urllib.error.HTTPError) as refusal:
            server.control(path, body)
        answer = json.load(refusal.exception)
        refusal.exception.close()
        self.assertEqual(refusal.exception.code, status, answer)
        return answer["message"]

    def test_a_parcel_brings_the_cloud_with_its_images(self):
        image = Image("v9")
        one = self.server()
        deploy(one)
        self.assertEqual(Registry(one).push("web", image, "v9").status, 201)
        expected = one.control("state")["fingerprint"]
        parcel = self.send(one, "GET", "export")
        with Server(*BY_HAND) as memory, self.server(
                state=os.path.join(self.folder, "other.db")) as other:
            for server in [memory, other]:
                server.client("ecs").create_cluster(clusterName="gone")
                self.send(server, "POST", "import", parcel)
                self.assertEqual(server.control("state")["fingerprint"], expected)
                found = Registry(server).pull("web", "v9")
                self.assertEqual(found, [image.manifest, *image.blobs])
            # Out of memory, too, and with the pull that has been noted.
            expected = memory.control("state")["fingerprint"]
            again = self.send(memory, "GET", "export")
            other.client("ecs").create_cluster(clusterName="gone")
            self.send(other, "POST", "import", again)
            self.assertEqual(other.control("state")["fingerprint"], expected)
            with self.assertRaises(AssertionError) as refused:
                self.send(other, "POST", "import", b"no parcel" * 1000)
            self.assertIn("is not a state of Drydock", str(refused.exception))
            self.assertEqual(other.control("state")["fingerprint"], expected)
            other.stop(signal.SIGKILL)
            other = self.server(state=other.state)
            self.assertEqual(other.control("state")["fingerprint"], expected)

    def send(self, server, method, path, body=None):
        connection = server.connection()
        headers = {"Content-Type": "application/vnd.sqlite3"} if body else {}
        connection.request(method, f"/_drydock/{path}", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status != 200:
            raise AssertionError(content.decode())
        return content


class Commands(Folder):
    """The same by the command line, of a running server and of files."""

    def drydock(self, *words, status=0):
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_of_a_server(self):
        server = self.server()
        deploy(server)
        there = ["--endpoint", server.url]
        expected = server.control("state")["fingerprint"]
        self.assertIn("as it was at 310 s", self.drydock("rewind", "--to", "5m10s", *there))
        self.assertEqual(server.control("clock")["now"], 310)
        self.assertIn("in the present, at 350 s", self.drydock("rewind", "--to", "now", *there))
        self.drydock("export", self.path("parcel"), *there)
        said = self.drydock("export", self.path("parcel"), *there, status=1)
        self.assertIn("already", said)
        said = self.drydock("rewind", "--to", "310", "--fork", *there)
        self.assertIn("kept in", said)
        self.assertNotEqual(server.control("state")["fingerprint"], expected)
        self.drydock("import", self.path("parcel"), *there)
        self.assertEqual(server.control("state")["fingerprint"], expected)

    def test_of_files(self):
        server = self.server()
        deploy(server)
        seen = server.control("cloud")
        expected = server.control("state")["fingerprint"]
        server.stop()
        shown = self.drydock("rewind", "--to", "350", "--state", self.file, "--format", "json")
        self.assertEqual(json.loads(shown), seen)
        self.assertIn("deployment PRIMARY",
                      self.drydock("rewind", "--to", "350", "--state", self.file))
        begun = self.drydock("rewind", "--to", "0", "--state", self.file)
        self.assertIn("running 0", begun)
        self.drydock("rewind", "--to", "350", "--state", self.file, "--fork", "--output",
                     self.path("fork.db"))
        self.drydock("export", self.path("parcel"), "--state", self.file)
        self.drydock("import", self.path("parcel"), "--state", self.path("new.db"))
        for name in ["fork.db", "new.db"]:
            server = self.server(state=self.path(name))
            self.assertEqual(server.control("state")["fingerprint"], expected)
            server.stop()
        for words, part in [
            (["--to", "351"], "ends at 350"), (["--to", "2020-01-01T00:00:00Z"], "before that"),
        ]:
            said = self.drydock("rewind", *words, "--state", self.file, status=1)
            self.assertIn(part, said)
        self.drydock("rewind", "--to", "350", "--state", self.file, "--fork", status=64)
        said = self.drydock("import", self.path("parcel"), "--state", self.path("new.db"), status=1)
        self.assertIn("already", said)


class Formats(Folder):
    def test_other_files_are_refused(self):
        Path(self.file).write_text("not a database " * 500)
        self.assertIn("is not a state of Drydock", self.refused())
        os.remove(self.file)
        self.ask("CREATE TABLE precious (a)")
        self.assertIn("is not a state of Drydock", self.refused())
        self.assertEqual(self.ask("SELECT count(*) FROM precious"), [(0,)])

    def test_a_newer_format_is_refused(self):
        self.server().stop()
        self.ask("PRAGMA user_version = 1000")
        said = self.refused()
        self.assertIn("written by a newer Drydock (format 1000", said)

    def test_another_version_goes_on_from_the_snapshot_and_says_so(self):
        for how, part in [(signal.SIGTERM, "goes on from the last snapshot"),
                          (signal.SIGKILL, "entries were done again by the new version")]:
            server = self.server()
            server.client("ecs").create_cluster(clusterName=f"web{int(how)}")
            server.stop(how)
            self.ask("UPDATE versions SET version = '0.0.1'")
            process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", "--state", self.file, *BY_HAND],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            url = process.stdout.readline().split()[-1]
            said = process.stderr.readline()
            process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()
            self.assertTrue(url.startswith("http"))
            self.assertIn("written by version 0.0.1", said)
            self.assertIn(part, said)

    def test_files_of_every_released_format_open(self):
        files = sorted((ROOT / "fixtures" / "state").glob("format-*.db"))
        self.assertTrue(files)
        for path in files:
            shutil.copy(path, self.file)
            server = self.server()
            services = server.client("ecs").describe_services(cluster="web", services=["web"])
            self.assertEqual(services["services"][0]["runningCount"], 4)
            deployments = server.deployments()
            server.advance(600)
            self.assertEqual(server.deployments()[-1]["outcome"], "COMPLETED")
            self.assertEqual(deployments[-1]["outcome"], "STUCK")
            server.stop()
            os.remove(self.file)


class Disk(Folder):
    """What the disk refuses. Needs to mount, which not everybody may."""

    def mount(self, *options):
        place = os.path.join(self.folder, "mounted")
        os.makedirs(place, exist_ok=True)
        done = subprocess.run(["mount", *options, place], capture_output=True)
        if done.returncode:
            self.skipTest("nothing may be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", place], check=True)
        return place

    def check(self, server, file, cluster):
        """Nothing can be changed, everything can be read."""
        ecs = server.client("ecs")
        before = server.control("state")["fingerprint"]
        with self.assertRaises(botocore.exceptions.ClientError) as refusal:
            for number in range(10_000):
                ecs.create_cluster(clusterName=f"{cluster}-{number}", tags=[
                    {"key": "much", "value": "x" * 250}])
                before = server.control("state")["fingerprint"]
        error = refusal.exception.response["Error"]
        self.assertEqual(error["Code"], "InternalFailure")
        self.assertIn("Nothing was changed", error["Message"])
        self.assertEqual(server.control("state")["fingerprint"], before)
        self.assertIn(cluster, str(ecs.list_clusters()))
        return error["Message"]

    def test_a_full_disk(self):
        place = self.mount("-t", "tmpfs", "-o", "size=1m", "tmpfs")
        file = os.path.join(place, "drydock.db")
        images = os.path.join(self.folder, "images")
        server = self.server("--images", images, *BY_HAND, state=file)
        server.client("ecs").create_cluster(clusterName="web")
        self.assertIn("no room left", self.check(server, file, "web"))
        # With room again, everything goes on as if nothing had been.
        subprocess.run(["mount", "-o", "remount,size=20m", place], check=True)
        server.client("ecs").create_cluster(clusterName="after")
        before = server.control("state")
        server.stop(signal.SIGKILL)
        self.assertEqual(self.ask("PRAGMA integrity_check", state=file), [("ok",)])
        server = self.server("--images", images, *BY_HAND, state=file)
        self.assertEqual(server.control("state")["fingerprint"], before["fingerprint"])
        server.stop()

    def test_a_file_that_can_only_be_read(self):
        server = self.server()
        server.client("ecs").create_cluster(clusterName="web")
        before = server.control("state")["fingerprint"]
        server.stop()
        place = self.mount("--bind", self.folder)
        subprocess.run(["mount", "-o", "remount,bind,ro", place], check=True)
        file = os.path.join(place, "drydock.db")
        images = os.path.join(tempfile.gettempdir(), f"images-{os.getpid()}")
        self.addCleanup(shutil.rmtree, images, ignore_errors=True)
        server = self.server("--images", images, *BY_HAND, state=file)
        self.assertEqual(server.control("state")["fingerprint"], before)
        self.check(server, file, "web")
        server.advance(60)
        server.stop()


class Load:
    """Clients that change things at random and remember what was answered."""

    def __init__(self, server, seed):
        self.server = server
        self.random = random.Random(seed)
        self.made = set()
        self.gone = set()
        self.seen = []
        self.lock = threading.Lock()

    def run(self):
        threads = [threading.Thread(target=self.until_cut, args=(work,))
                   for work in [self.clusters, self.services, self.pushes, self.looks]]
        for thread in threads:
            thread.start()
        return threads

    def until_cut(self, work):
        try:
            while True:
                work()
        except CUT_OFF:
            pass

    def clusters(self):
        ecs = self.server.client("ecs", key="000000000001")
        for number in range(self.random.randrange(1, 6)):
            name = f"c{self.random.randrange(1000)}"
            ecs.create_cluster(clusterName=name)
            with self.lock:
                self.made.add(name)
                self.gone.discard(name)
        with self.lock:
            self.made.discard(name)
        ecs.delete_cluster(cluster=name)
        with self.lock:
            self.gone.add(name)

    def services(self):
        ecs = self.server.client("ecs")
        ecs.update_service(cluster="web", service="web", forceNewDeployment=True,
                           desiredCount=self.random.randrange(1, 5))
        self.server.advance(self.random.choice([0.1, 5, 60]))

    def pushes(self):
        image = Image(f"v{self.random.randrange(10_000)}")
        registry = Registry(self.server)
        if registry.push("web", image, "random").status == 201:
            with self.lock:
                self.pushed = image

    def looks(self):
        state = self.server.control("state")
        with self.lock:
            self.seen.append((state["entries"], state["fingerprint"]))


class Killed(Folder):
    def test_nothing_that_was_answered_is_lost(self):
        for number in range(KILLS):
            with self.subTest(kill=number):
                self.kill(number)

    def kill(self, seed):
        self.file = os.path.join(self.folder, f"{seed}.db")
        server = self.server()
        deploy(server)
        load = Load(server, seed)
        load.pushed = None
        # The kill may come before the first of its looks is answered.
        load.looks()
        threads = load.run()
        time.sleep(random.Random(seed).uniform(0.05, 1.5))
        server.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()

        # As it was when somebody last looked: the same journal, cut off there.
        entries, fingerprint = load.seen[-1]
        then = os.path.join(self.folder, "then.db")
        for end in ["", "-wal"]:
            if os.path.exists(self.file + end):
                shutil.copy(self.file + end, then + end)
        self.ask("DELETE FROM journal WHERE number > ?", entries, state=then)
        self.ask("DELETE FROM snapshots WHERE number > ?", entries, state=then)
        shutil.copytree(self.file + ".images", then + ".images")
        before = self.server(state=then)
        self.assertEqual(before.control("state")["fingerprint"], fingerprint)
        before.stop()
        for path in Path(self.folder).glob("then.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

        self.assertEqual(self.ask("PRAGMA integrity_check"), [("ok",)])
        server = self.server()
        listed = server.client("ecs", key="000000000001").list_clusters()["clusterArns"]
        active = {arn.rsplit("/")[-1] for arn in listed}
        self.assertLessEqual(load.made, active)
        self.assertFalse(load.gone & active)
        if load.pushed:
            found = Registry(server).pull("web", load.pushed.digest)
            self.assertEqual(found, [load.pushed.manifest, *load.pushed.blobs])
        # Once more from the very beginning, without the snapshots in between.
        state = server.control("state")
        server.stop(signal.SIGKILL)
        self.ask("DELETE FROM snapshots WHERE number > 0")
        server = self.server()
        self.assertEqual(server.control("state")["fingerprint"], state["fingerprint"])
        server.advance(3600)
        server.stop()


if __name__ == "__main__":
    keep(ROOT / "fixtures" / "state")
