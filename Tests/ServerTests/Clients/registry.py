"""A client of the registry that says exactly what is sent, and images to send."""

import base64
import gzip
import hashlib
import http.client
import io
import json
import tarfile
import urllib.parse

OCI = "application/vnd.oci.image"
MANIFEST = f"{OCI}.manifest.v1+json"
INDEX = f"{OCI}.index.v1+json"
CONFIG = f"{OCI}.config.v1+json"
LAYER = f"{OCI}.layer.v1.tar+gzip"


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def descriptor(content, media_type, **more):
    return {"mediaType": media_type, "digest": digest(content), "size": len(content), **more}


def tar(files):
    """A layer as docker makes one; the same files give the same bytes."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w") as archive:
            for name, content in sorted(files.items()):
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


class Image:
    """A configuration, layers and a manifest; `boot="20"` is the label `drydock.boot`."""

    def __init__(self, version, layers=None, architecture="amd64", command=None, annotations=None,
                 **labels):
        labels = {f"drydock.{key}": value for key, value in labels.items()}
        labels["org.opencontainers.image.version"] = version
        self.layers = layers or [tar({"app": f"the program, {version}".encode()})]
        self.config = json.dumps({
            "architecture": architecture, "os": "linux",
            "config": {"Labels": labels, "Cmd": command or ["/app"],
                       "ExposedPorts": {"8080/tcp": {}}},
            "rootfs": {"type": "layers", "diff_ids": [digest(part) for part in self.layers]},
        }).encode()
        manifest = {
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": descriptor(self.config, CONFIG),
            "layers": [descriptor(part, LAYER) for part in self.layers]}
        if annotations:
            manifest["annotations"] = annotations
        self.manifest = json.dumps(manifest).encode()
        self.digest = digest(self.manifest)

    @property
    def blobs(self):
        return [self.config, *self.layers]


class Answer:
    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.body = answer.read()

    def __getitem__(self, name):
        return self.headers.get(name)

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        """Code and message of the first error."""
        first = self.json["errors"][0]
        return first["code"], first["message"]


class Registry:
    """Someone who is logged in."""

    def __init__(self, server, key="test", host=None):
        self.server = server
        self.host = host or f"localhost:{server.port}"
        data = server.client("ecr", key).get_authorization_token()["authorizationData"][0]
        self.token = data["authorizationToken"]
        self.password = base64.b64decode(self.token).decode().split(":", 1)[1]

    def send(self, method, path, body=None, headers=None, login=True):
        """One request, on a connection of its own; `path` may be a whole address."""
        parts = urllib.parse.urlsplit(path)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": self.host, **(headers or {})}
        if login:
            headers["Authorization"] = f"Basic {self.token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, headers=None):
        """Follows where it leads."""
        answer = self.send("GET", path, headers=headers)
        if answer.status == 307:
            answer = self.send("GET", answer["Location"], headers=headers, login=False)
        return answer

    def start(self, name):
        answer = self.send("POST", f"/v2/{name}/blobs/uploads/")
        assert answer.status == 202, (answer.status, answer.body)
        return answer["Location"]

    def push_blob(self, name, content):
        location = self.start(name)
        return self.send("PUT", f"{location}?digest={digest(content)}", content)

    def push_manifest(self, name, reference, content, media_type=MANIFEST):
        return self.send(
            "PUT", f"/v2/{name}/manifests/{reference}", content, {"Content-Type": media_type})

    def push(self, name, image, tag="latest"):
        """As docker does it; gives back the answer to the manifest."""
        for blob in image.blobs:
            known = self.send("HEAD", f"/v2/{name}/blobs/{digest(blob)}")
            if known.status != 200:
                answer = self.push_blob(name, blob)
                assert answer.status == 201, (answer.status, answer.body)
        return self.push_manifest(name, tag, image.manifest)

    def pull(self, name, reference):
        """Every byte of an image: its manifest, then its blobs."""
        answer = self.send("GET", f"/v2/{name}/manifests/{reference}")
        assert answer.status == 200, (answer.status, answer.body)
        manifest = answer.json
        blobs = [self.get(f"/v2/{name}/blobs/{part['digest']}")
                 for part in [manifest["config"], *manifest["layers"]]]
        assert all(blob.status == 200 for blob in blobs), [blob.status for blob in blobs]
        return [answer.body, *(blob.body for blob in blobs)]
