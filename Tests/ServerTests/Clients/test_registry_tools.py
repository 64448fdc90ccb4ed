"""The registry with the tools that people use, as they are: skopeo, docker, buildah, podman, oras.

One that is not on this machine, or cannot run on it, is passed over with a line that says so.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from docker_engine import DockerEngine
from drydock import REGION, Server
from registry import Image, Registry, digest

IMMUTABLE = ("tag invalid: The image tag 'v1' already exists in the 'web' repository and cannot be "
             "overwritten because the repository is immutable.")


def is_there(tool):
    return shutil.which(tool) is not None


class Tools(unittest.TestCase):
    """A server, a repository, a folder and the AWS CLI."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.stop)
        self.place = tempfile.mkdtemp(prefix="drydock-tools-")
        self.addCleanup(shutil.rmtree, self.place, ignore_errors=True)
        self.ecr = self.server.client("ecr")
        self.ecr.create_repository(repositoryName="web")
        self.host = f"localhost:{self.server.port}"
        self.environment = {
            **os.environ, "AWS_ENDPOINT_URL": self.server.url, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": "/dev/null", "REGISTRY_AUTH_FILE": self.path("auth.json"),
            "DOCKER_CONFIG": self.path("docker"), "HOME": self.place,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        self.environment.pop("http_proxy", None)

    def path(self, *parts):
        return os.path.join(self.place, *parts)

    def run_tool(self, *command, expect=0, text=None):
        done = subprocess.run(
            command, env=self.environment, text=True, input=text, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=180, cwd=self.place)
        if expect == 0:
            self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}")
        else:
            self.assertNotEqual(done.returncode, 0, f"{command}: {done.stdout}")
        return done.stdout

    @property
    def password(self):
        """As a script gets it."""
        return self.run_tool("aws", "ecr", "get-login-password").strip()

    def image(self, version="v1"):
        """An image in a folder, as skopeo keeps one."""
        image = Image(version, boot="3")
        folder = self.path(version)
        os.mkdir(folder)
        Path(folder, "version").write_text("Directory Transport Version: 1.1\n")
        Path(folder, "manifest.json").write_bytes(image.manifest)
        for blob in image.blobs:
            Path(folder, digest(blob)[7:]).write_bytes(blob)
        return image, f"dir:{folder}"

    def tags(self):
        return Registry(self.server).send("GET", "/v2/web/tags/list").json["tags"]


class Skopeo(Tools):
    @unittest.skipUnless(is_there("skopeo"), "skopeo is not on this machine")
    def test_login_push_pull_delete_and_an_immutable_tag(self):
        image, source = self.image()
        target = f"docker://{self.host}/web:v1"
        self.run_tool("skopeo", "login", "--tls-verify=false", "--username", "AWS",
                      "--password-stdin", self.host, text=self.password)
        self.run_tool("skopeo", "copy", "--dest-tls-verify=false", source, target)
        self.run_tool("skopeo", "copy", "--src-tls-verify=false", target,
                      f"dir:{self.path('back')}")
        for path in Path(self.path("v1")).iterdir():
            self.assertEqual(path.read_bytes(), Path(self.path("back"), path.name).read_bytes())
        seen = json.loads(self.run_tool("skopeo", "inspect", "--tls-verify=false", target))
        self.assertEqual(seen["Digest"], image.digest)
        self.assertEqual(seen["RepoTags"], ["v1"])

        self.ecr.put_image_tag_mutability(repositoryName="web", imageTagMutability="IMMUTABLE")
        said = self.run_tool("skopeo", "copy", "--dest-tls-verify=false",
                             self.image("v2")[1], target, expect=1)
        self.assertIn(IMMUTABLE, said)

        self.run_tool("skopeo", "delete", "--tls-verify=false", target)
        self.assertEqual(self.ecr.list_images(repositoryName="web")["imageIds"], [])
        said = self.run_tool("skopeo", "inspect", "--tls-verify=false", target, expect=1)
        self.assertIn("manifest unknown: Requested image not found", said)
        self.run_tool("skopeo", "logout", self.host)
        said = self.run_tool("skopeo", "copy", "--dest-tls-verify=false", source, target, expect=1)
        self.assertIn("authentication required", said)


class Docker(Tools):
    @unittest.skipUnless(is_there("docker"), "docker's client is not on this machine")
    def test_login(self):
        said = self.run_tool("docker", "login", "--username", "AWS", "--password-stdin",
                             self.host, text=self.password)
        self.assertIn("Login Succeeded", said)
        said = self.run_tool("docker", "login", "--username", "AWS", "--password-stdin",
                             self.host, text="wrong", expect=1)
        self.assertIn("401", said)

    def daemon(self):
        """A daemon of the test's own, without a network; it ends with the test."""
        engine = DockerEngine()
        self.addCleanup(engine.stop)
        self.environment.update(DOCKER_HOST=engine.host, DOCKER_BUILDKIT="0")

    def test_a_daemon_builds_pushes_and_pulls(self):
        self.daemon()
        os.mkdir(self.path("context"))
        Path(self.path("context", "hello")).write_text("hello\n")
        Path(self.path("context", "Dockerfile")).write_text(
            "FROM scratch\nCOPY hello /hello\nLABEL drydock.boot=3\nEXPOSE 8080\n"
            'CMD ["/hello"]\n')
        name = f"{self.host}/web:v1"
        self.run_tool("docker", "login", "--username", "AWS", "--password-stdin", self.host,
                      text=self.password)
        self.run_tool("docker", "build", "--tag", name, self.path("context"))
        said = self.run_tool("docker", "push", name)
        pushed = self.ecr.describe_images(repositoryName="web")["imageDetails"][0]
        self.assertIn(f"digest: {pushed['imageDigest']}", said)
        self.assertEqual(pushed["imageTags"], ["v1"])
        self.run_tool("docker", "push", name)
        self.run_tool("docker", "rmi", "--force", name)
        said = self.run_tool("docker", "pull", name)
        self.assertIn("Downloaded newer image", said)
        self.assertIn(pushed["imageDigest"], said)

        self.ecr.put_image_tag_mutability(repositoryName="web", imageTagMutability="IMMUTABLE")
        Path(self.path("context", "hello")).write_text("hello again\n")
        self.run_tool("docker", "build", "--tag", name, self.path("context"))
        self.assertIn(IMMUTABLE, self.run_tool("docker", "push", name, expect=1))
        self.run_tool("docker", "tag", name, f"{self.host}/none:v1")
        said = self.run_tool("docker", "push", f"{self.host}/none:v1", expect=1)
        self.assertIn("name unknown: The repository with name 'none' does not exist in the "
                      "registry with id '000000000000'", said)
        said = self.run_tool("docker", "pull", f"{self.host}/web:v9", expect=1)
        self.assertIn("manifest unknown: Requested image not found", said)
        self.run_tool("docker", "logout", self.host)
        self.run_tool("docker", "tag", name, f"{self.host}/web:v2")
        said = self.run_tool("docker", "push", f"{self.host}/web:v2", expect=1)
        self.assertIn("no basic auth credentials", said)


class BuildersWithoutDaemon(Tools):
    def tool(self, name):
        if not is_there(name):
            self.skipTest(f"{name} is not on this machine")
        base = [name, "--root", self.path(name), "--runroot", self.path(f"{name}-run"),
                "--storage-driver", "vfs"]
        probe = subprocess.run(
            [*base, "images"], env=self.environment, capture_output=True, text=True)
        if probe.returncode != 0:
            self.skipTest(f"{name} cannot run here; it says: {probe.stderr.strip()}")
        self.run_tool(*base, "login", "--tls-verify=false", "--username", "AWS",
                      "--password-stdin", self.host, text=self.password)
        return base

    def test_buildah_builds_pushes_and_pulls(self):
        buildah = self.tool("buildah")
        name = f"{self.host}/web:v1"
        Path(self.path("hello")).write_text("hello\n")
        container = self.run_tool(*buildah, "from", "scratch").strip()
        self.run_tool(*buildah, "copy", container, self.path("hello"), "/hello")
        self.run_tool(*buildah, "config", "--label", "drydock.boot=3", "--port", "8080",
                      container)
        self.run_tool(*buildah, "commit", "--rm", container, name)
        self.run_tool(*buildah, "push", "--tls-verify=false", name)
        self.assertEqual(self.tags(), ["v1"])
        self.run_tool(*buildah, "rmi", "--all", "--force")
        self.run_tool(*buildah, "pull", "--tls-verify=false", name)
        self.assertIn("web", self.run_tool(*buildah, "images"))

    def test_podman_pulls_tags_and_pushes(self):
        podman = self.tool("podman")
        image = Image("v1")
        Registry(self.server).push("web", image, "v1")
        name = f"{self.host}/web"
        self.run_tool(*podman, "pull", "--tls-verify=false", f"{name}:v1")
        self.run_tool(*podman, "tag", f"{name}:v1", f"{name}:v2")
        self.run_tool(*podman, "push", "--tls-verify=false", f"{name}:v2")
        self.assertEqual(self.tags(), ["v1", "v2"])
        self.run_tool(*podman, "rmi", "--all", "--force")
        self.run_tool(*podman, "pull", "--tls-verify=false", f"{name}:v2")


class Oras(Tools):
    def test_artifacts_are_pushed_and_pulled(self):
        try:
            import oras.client
        except ImportError:
            self.skipTest("oras for Python is not in this environment")
        client = oras.client.OrasClient(
            hostname=self.host, insecure=True, tls_verify=False, auth_backend="basic")
        client.login(username="AWS", password=self.password, hostname=self.host,
                     config_path=self.path("oras.json"))
        Path(self.path("artifact.txt")).write_text("an artifact\n")
        target = f"{self.host}/web:oras"
        answer = client.push(target=target, files=[self.path("artifact.txt")],
                             disable_path_validation=True)
        self.assertEqual(answer.status_code, 201)
        os.mkdir(self.path("out"))
        got, = client.pull(target=target, outdir=self.path("out"))
        self.assertEqual(Path(got).read_text(), "an artifact\n")
        self.assertEqual(client.get_tags(f"{self.host}/web"), ["oras"])


if __name__ == "__main__":
    unittest.main()
