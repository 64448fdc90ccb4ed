"""Images in a folder that outlives the server, however it ends; and how the folder is kept small."""

import hashlib
import http.client
import os
import random
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import unittest.mock
from pathlib import Path

import botocore.exceptions

from drydock import PROGRAM, Server
from registry import Image, Registry, digest

CUT_OFF = (OSError, http.client.HTTPException, botocore.exceptions.BotoCoreError)
KILLS = int(os.environ.get("DRYDOCK_KILLS", "50"))


def blobs(folder):
    return sorted(path.name for path in Path(folder, "blobs").iterdir())


def until(condition, seconds=20):
    """Waits for something that happens behind the scenes."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Kept(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = os.path.join(place.name, "made", "images")

    def server(self, *more):
        return Server("--images", self.folder, *more)

    def test_a_restart_keeps_repositories_with_their_images_and_settings(self):
        old, new = Image("v1"), Image("v2", architecture="arm64", boot="7")
        with self.server() as server:
            ecr = server.client("ecr")
            ecr.create_repository(
                repositoryName="team/web", imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters=[
                    {"filterType": "WILDCARD", "filter": "latest"}],
                tags=[{"Key": "a", "Value": "b"}])
            ecr.put_lifecycle_policy(repositoryName="team/web", lifecyclePolicyText=(
                '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":'
                '"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}'))
            registry = Registry(server)
            registry.push("team/web", old)
            registry.push("team/web", new)
            registry.push("team/web", new, "v2")
            before = self.everything(ecr)
            self.assertEqual(server.stop(), 0)
        with self.server() as server:
            ecr = server.client("ecr")
            self.assertEqual(self.everything(ecr), before)
            registry = Registry(server)
            self.assertEqual(registry.pull("team/web", "v2"), [new.manifest, *new.blobs])
            self.assertEqual(registry.pull("team/web", old.digest), [old.manifest, *old.blobs])
            self.assertEqual(registry.push("team/web", old, "v2").status, 400)
            self.assertEqual(registry.push("team/web", old).status, 201)

    def everything(self, ecr):
        repository = ecr.describe_repositories()["repositories"][0]
        del repository["repositoryUri"]
        images = ecr.describe_images(repositoryName="team/web")["imageDetails"]
        policy = ecr.get_lifecycle_policy(repositoryName="team/web")["lifecyclePolicyText"]
        tags = ecr.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"]
        # A clock begins at a whole second, and nothing lies in its future.
        for moments, names in [(images, ["imagePushedAt"]), ([repository], ["createdAt"])]:
            for one in moments:
                one.update({name: int(one[name].timestamp()) for name in names})
        return repository, images, policy, tags

    def test_what_was_deleted_stays_deleted_and_its_space_is_free(self):
        shared = b"shared by both" * 1000
        one, two = (Image(v, layers=[shared, v.encode() * 1000]) for v in ("v1", "v2"))
        with self.server() as server:
            ecr = server.client("ecr")
            registry = Registry(server)
            for name in ("web", "other"):
                ecr.create_repository(repositoryName=name)
            registry.push("web", one, "v1")
            registry.push("web", two, "v2")
            registry.push("other", two, "v2")
            wanted = {digest(part)[7:] for image in (one, two)
                      for part in (image.manifest, *image.blobs)}
            self.assertEqual(set(blobs(self.folder)), wanted)
            ecr.batch_delete_image(repositoryName="web", imageIds=[{"imageTag": "v1"}])
            wanted = {digest(part)[7:] for part in (two.manifest, *two.blobs)}
            self.assertTrue(until(lambda: set(blobs(self.folder)) == wanted))
            answer = registry.send("HEAD", f"/v2/web/blobs/{digest(one.layers[1])}")
            self.assertEqual(answer.status, 404)
            ecr.delete_repository(repositoryName="web", force=True)
            self.assertEqual(registry.pull("other", "v2"), [two.manifest, *two.blobs])
        with self.server() as server:
            names = [one["repositoryName"]
                     for one in server.client("ecr").describe_repositories()["repositories"]]
            self.assertEqual(names, ["other"])
            self.assertEqual(Registry(server).pull("other", "v2"), [two.manifest, *two.blobs])
            server.control("reset", {})
            self.assertTrue(until(lambda: blobs(self.folder) == []))
        with self.server() as server:
            self.assertEqual(server.client("ecr").describe_repositories()["repositories"], [])

    def test_one_server_has_a_folder(self):
        with self.server():
            second = subprocess.run(
                [PROGRAM, "serve", "--in-memory", "--port", "0", "--images", self.folder],
                text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        self.assertEqual(second.returncode, 1)
        self.assertIn("is in use by another server", second.stderr)

    def test_a_folder_of_something_else_is_left_alone(self):
        os.makedirs(self.folder)
        Path(self.folder, "precious").write_text("mine")
        refused = subprocess.run(
            [PROGRAM, "serve", "--in-memory", "--port", "0", "--images", self.folder], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("has other things in it", refused.stderr)
        self.assertEqual(os.listdir(self.folder), ["precious"])

    def test_an_image_whose_layer_is_gone_is_left_out_and_said_so(self):
        whole, broken = Image("v1"), Image("v2")
        with self.server() as server:
            server.client("ecr").create_repository(repositoryName="web")
            for image, tag in ((whole, "v1"), (broken, "v2")):
                Registry(server).push("web", image, tag)
        path = Path(self.folder, "blobs", digest(broken.layers[0])[7:])
        path.write_bytes(path.read_bytes()[:-1])
        with self.server() as server:
            registry = Registry(server)
            self.assertEqual(registry.send("GET", "/v2/web/tags/list").json["tags"], ["v1"])
            self.assertEqual(registry.pull("web", "v1"), [whole.manifest, *whole.blobs])
            self.assertEqual(registry.push("web", broken, "v2").status, 201)
            self.assertEqual(registry.pull("web", "v2"), [broken.manifest, *broken.blobs])

    def test_without_a_folder_nothing_is_left_behind(self):
        place = tempfile.mkdtemp()
        with unittest.mock.patch.dict(os.environ, TMPDIR=place):
            with Server() as server:
                self.assertEqual(os.listdir(place), [], "nobody has pushed anything")
                server.client("ecr").create_repository(repositoryName="web")
                Registry(server).push("web", Image("v1"))
                self.assertEqual(len(os.listdir(place)), 1)
            self.assertEqual(os.listdir(place), [])
            server = Server()
            server.client("ecr").create_repository(repositoryName="web")
            Registry(server).push("web", Image("v1"))
            server.stop(signal.SIGKILL)
            left, = Path(place).iterdir()
            old = time.time() - 3600
            os.utime(left, (old, old))
            with Server() as server:
                server.client("ecr").create_repository(repositoryName="web")
                Registry(server).push("web", Image("v1"))
                self.assertFalse(left.exists())
        os.rmdir(place)


class Killed(unittest.TestCase):
    """The server is killed while layers come in, again and again."""

    def setUp(self):
        self.pushed = 0
        self.problems = []

    def test_what_was_acknowledged_is_whole_and_nothing_else_is_there(self):
        chance = random.Random(1)
        print(f"\n{KILLS} servers are killed, by the seed 1.")
        with tempfile.TemporaryDirectory() as place:
            folder = os.path.join(place, "images")
            acknowledged = {}
            for kill in range(KILLS):
                server = Server("--images", folder)
                self.check(server, folder, acknowledged)
                writers = [
                    threading.Thread(
                        target=self.push, args=(server, f"{kill}-{number}",
                                                chance.randrange(1, 3_000_000), acknowledged))
                    for number in range(3)]
                for writer in writers:
                    writer.start()
                # At some moment after some image or other, however fast the machine is.
                enough = self.pushed + chance.randrange(4)
                until(lambda: self.pushed >= enough)
                time.sleep(chance.random() * 0.05)
                server.stop(signal.SIGKILL)
                for writer in writers:
                    writer.join()
            with Server("--images", folder) as server:
                self.check(server, folder, acknowledged)
            self.assertGreaterEqual(self.pushed, KILLS)
            self.assertEqual(self.problems, [])

    def push(self, server, version, size, acknowledged):
        """Images of one size or another, until nobody answers any more."""
        layer = (hashlib.sha256(version.encode()).digest() * (size // 32 + 1))[:size]
        for number in range(100):
            image = Image(f"{version}.{number}", layers=[layer + bytes([number])])
            try:
                registry = Registry(server)
                if registry.push("web", image, image.digest[7:20]).status == 201:
                    acknowledged[image.digest] = [image.manifest, *image.blobs]
                    self.pushed += 1
            except CUT_OFF:
                return
            except AssertionError as refused:
                self.problems.append(refused)
                return

    def check(self, server, folder, acknowledged):
        ecr = server.client("ecr")
        try:
            ecr.create_repository(repositoryName="web")
        except ecr.exceptions.RepositoryAlreadyExistsException:
            pass
        registry = Registry(server)
        known = {}
        for page in ecr.get_paginator("describe_images").paginate(repositoryName="web"):
            known.update((one["imageDigest"], one) for one in page["imageDetails"])
        self.assertLessEqual(set(acknowledged), set(known))
        for name in known:
            pulled = registry.pull("web", name)
            self.assertEqual(digest(pulled[0]), name)
            if name in acknowledged:
                self.assertEqual(pulled, acknowledged[name])
        # Half of something has no place, and no space.
        wanted = set()
        for name in known:
            manifest = registry.send("GET", f"/v2/web/manifests/{name}").json
            wanted |= {name[7:]} | {part["digest"][7:]
                                    for part in [manifest["config"], *manifest["layers"]]}
        self.assertEqual(set(blobs(folder)), wanted)
        for name in blobs(folder):
            content = Path(folder, "blobs", name).read_bytes()
            self.assertEqual(hashlib.sha256(content).hexdigest(), name)
        for part in ("uploads", "trash"):
            self.assertEqual(os.listdir(Path(folder, part)), [])
        # To keep the check short, all but the last ones go, and so does their space.
        for name in list(known)[:-5]:
            ecr.batch_delete_image(repositoryName="web", imageIds=[{"imageDigest": name}])
            acknowledged.pop(name, None)


if __name__ == "__main__":
    unittest.main()
