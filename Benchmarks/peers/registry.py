"""A large layer through Drydock's registry and through Debian's docker-registry: how fast it goes in
and out, and how much memory that takes.

    registry.py --drydock PROGRAM [--mebibytes N] [--rounds N]

Run by scripts/bench. The two take turns; the best round of each counts. Both keep the layer on the
same disk and have it there before they answer (Drydock with --images; docker-registry syncs its
files by itself). The client is a socket and a buffer of 1 MiB, so that it is not what is measured.
"""

import argparse
import hashlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

MEMORY, SPEED = 64, 0.5
CHUNK = 1 << 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Registry:
    """A server with its folder."""

    def __init__(self, name, command, place):
        """`command` makes a list of words of a port."""
        self.name = name
        self.port = free_port()
        self.place = place
        self.authorization = None
        self.process = subprocess.Popen(
            command(self.port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{name} does not start")
                time.sleep(0.02)

    def resident(self, field="VmRSS"):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines()
                    if line.startswith(field)) / 1024

    def request(self, method, path, content=None, size=0):
        """Sends `content`, an iterator of buffers; gives back status, headers and the socket."""
        if path.startswith("http"):
            path = "/" + path.split("/", 3)[3]
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}",
                 f"Content-Length: {size}", "Content-Type: application/octet-stream",
                 "Connection: close"]
        if self.authorization and "signature=" not in path:
            lines.append(f"Authorization: Basic {self.authorization}")
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=300)
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        for part in content or ():
            connection.sendall(part)
        head = b""
        while b"\r\n\r\n" not in head:
            more = connection.recv(1 << 16)
            if not more:
                raise RuntimeError(f"{self.name} hung up")
            head += more
        head, rest = head.split(b"\r\n\r\n", 1)
        status, *fields = head.decode().split("\r\n")
        headers = {key.lower(): value for key, value in
                   (field.split(": ", 1) for field in fields)}
        return int(status.split()[1]), headers, connection, rest

    def done(self, *request, expect):
        status, headers, connection, rest = self.request(*request)
        connection.close()
        if status != expect:
            raise RuntimeError(f"{self.name} answers {status} to {request[:2]}: {rest[:200]}")
        return headers

    def push(self, layer, digest):
        headers = self.done("POST", "/v2/web/blobs/uploads/", expect=202)
        location = headers["location"]
        # As docker does it: the bytes by PATCH, then PUT with the digest.
        headers = self.done("PATCH", location, layer.parts(), layer.size, expect=202)
        location = headers["location"]
        mark = "&" if "?" in location else "?"
        self.done("PUT", f"{location}{mark}digest={digest}", expect=201)

    def pull(self, size, digest):
        path = f"/v2/web/blobs/{digest}"
        status, headers, connection, rest = self.request("GET", path)
        if status == 307:
            connection.close()
            status, headers, connection, rest = self.request("GET", headers["location"])
        if status != 200 or int(headers["content-length"]) != size:
            raise RuntimeError(f"{self.name} answers {status}")
        left = size - len(rest)
        buffer = bytearray(CHUNK)
        while left > 0:
            count = connection.recv_into(buffer)
            if count == 0:
                raise RuntimeError(f"{self.name} hung up, {left} bytes too early")
            left -= count
        connection.close()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.place, ignore_errors=True)


class Layer:
    """Bytes that no disk can make smaller, different for each number."""

    def __init__(self, mebibytes, number):
        self.size = mebibytes * CHUNK
        seed = hashlib.sha512(str(number).encode()).digest()
        self.part = bytearray(seed * (CHUNK // len(seed)))
        self.count = mebibytes

    def parts(self):
        for number in range(self.count):
            self.part[:8] = number.to_bytes(8, "big")
            yield self.part

    def digest(self):
        whole = hashlib.sha256()
        for part in self.parts():
            whole.update(part)
        return "sha256:" + whole.hexdigest()


def drydock(program, place):
    server = Registry("Drydock", lambda port: [
        program, "serve", "--in-memory", "--port", str(port), "--images", f"{place}/images"], place)

    def call(target, body):
        request = urllib.request.Request(
            f"http://127.0.0.1:{server.port}/", json.dumps(body).encode(), {
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": f"AmazonEC2ContainerRegistry_V20150921.{target}"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request) as answer:
            return json.load(answer)

    call("CreateRepository", {"repositoryName": "web"})
    data = call("GetAuthorizationToken", {})["authorizationData"][0]
    server.authorization = data["authorizationToken"]
    return server


def docker_registry(place):
    def command(port):
        settings = Path(place, "settings.yml")
        settings.write_text(f"""version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: {place}/images}}}}
http: {{addr: "127.0.0.1:{port}"}}
""")
        return ["docker-registry", "serve", str(settings)]

    return Registry("docker-registry", command, place)


def measure(server, layer, digest):
    # The peak counts from here on, not from the start of the program.
    Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")
    before = server.resident()
    began = time.perf_counter()
    server.push(layer, digest)
    pushed = time.perf_counter()
    server.pull(layer.size, digest)
    pulled = time.perf_counter()
    return {"push": layer.count / (pushed - began), "pull": layer.count / (pulled - pushed),
            "memory": server.resident("VmHWM") - before}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--drydock", required=True)
    options.add_argument("--mebibytes", type=int, default=1024)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    best = {}
    for number in range(chosen.rounds):
        layer = Layer(chosen.mebibytes, number)
        digest = layer.digest()
        for name, start in [("docker-registry", docker_registry),
                            ("Drydock", lambda place: drydock(chosen.drydock, place))]:
            print(f"registry: round {number + 1} of {chosen.rounds}, {name}", file=sys.stderr)
            server = start(tempfile.mkdtemp(prefix="drydock-bench-"))
            try:
                figures = measure(server, layer, digest)
            finally:
                server.stop()
            known = best.setdefault(name, figures)
            known["push"] = max(known["push"], figures["push"])
            known["pull"] = max(known["pull"], figures["pull"])
            # The worst round counts.
            known["memory"] = max(known["memory"], figures["memory"])
    print(f"{'':16} {'push, MiB/s':>12} {'pull, MiB/s':>12} {'memory, MiB':>12}")
    for name, figures in best.items():
        print(f"{name:16} {figures['push']:12.0f} {figures['pull']:12.0f} "
              f"{figures['memory']:12.1f}")
    ours, theirs = best["Drydock"], best["docker-registry"]
    ratios = {way: ours[way] / theirs[way] for way in ("push", "pull")}
    print(f"{'ratio':16} {ratios['push']:12.2f} {ratios['pull']:12.2f}")
    if min(ratios.values()) < SPEED or ours["memory"] > MEMORY:
        sys.exit(f"Wanted: ratios of {SPEED} or more, memory growing by less than {MEMORY} MiB.")


if __name__ == "__main__":
    main()
