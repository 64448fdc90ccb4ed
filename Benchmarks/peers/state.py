"""A server that keeps its cloud in a file beside one that keeps it in memory.

    state.py --load PROGRAM --drydock PROGRAM [--seconds N] [--rounds N]

Calls that change something, per second; bytes on the disk for each; and how long it takes to open a
cloud of 1,000 services and 100,000 journal entries again after a kill. Run by scripts/bench. Rates are
the best of the rounds, in which the two servers take turns.
"""

import argparse
import os
import signal
import sqlite3
import sys
import tempfile
import time

from serve import Server, rate, services, wire

TARGETS = {"ratio": 0.5, "reopen": 1.0}
SERVICES = 1_000
ENTRIES = 100_000


def command(options, file):
    kept = ["--state", file] if file else ["--in-memory"]
    return [options.drydock, "serve", *kept, "--port", "PORT", "--clock", "manual"]


def calls(server):
    """What is measured, on a cloud with ten services."""
    services(server, 10)
    ecs, ec2 = server.client("ecs"), server.client("ec2")
    cluster = ecs.describe_clusters(clusters=["bench"])["clusters"][0]["clusterArn"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    return {
        "TagResource": ("ecs", "tag_resource", {
            "resourceArn": cluster, "tags": [{"key": "version", "value": "1"}]}),
        "UpdateService": ("ecs", "update_service", {
            "cluster": "bench", "service": "s1", "desiredCount": 1}),
        "CreateTags": ("ec2", "create_tags", {
            "Resources": [group], "Tags": [{"Key": "version", "Value": "1"}]}),
        "RegisterTaskDefinition": ("ecs", "register_task_definition", {
            "family": "more", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
            "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{
                "name": "app", "image": "docker.io/library/nginx:1", "essential": True}]}),
    }


def on_disk(file):
    return sum(os.path.getsize(file + end) for end in ["", "-wal"] if os.path.exists(file + end))


def entries(file):
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT max(number) FROM journal").fetchone()[0]
    connection.close()
    return found or 0


def throughput(options, folder):
    rates, sizes = {}, {}
    for number in range(options.rounds):
        for kind in ["memory", "file"]:
            file = os.path.join(folder, f"{number}.db") if kind == "file" else None
            server = Server(kind, command(options, file))
            try:
                for call, (service, method, arguments) in calls(server).items():
                    request = wire(server, service, method, arguments)
                    for connections in (1, 8):
                        before = (on_disk(file), entries(file)) if file else None
                        found = rate(options, server, request, connections)
                        if found is None:
                            raise RuntimeError(f"{call} is refused")
                        best = rates.setdefault((call, connections), {})
                        best[kind] = max(best.get(kind, 0), found[0])
                        if file:
                            more = entries(file) - before[1]
                            sizes[call] = (on_disk(file) - before[0]) / max(1, more)
            finally:
                server.stop()
    return rates, sizes


def reopening(options, folder):
    """Seconds until a killed server answers again, and how much it had to do again."""
    file = os.path.join(folder, "large.db")
    server = Server("file", command(options, file))
    services(server, SERVICES)
    request = wire(server, *calls_alone(server))
    while entries(file) < ENTRIES:
        rate(options, server, request, 8)
    # The worst moment: the next snapshot is nearly due. `StateFile.entriesBetweenSnapshots`.
    with sqlite3.connect(file) as connection:
        size = connection.execute(
            "SELECT length(state) FROM snapshots ORDER BY number DESC LIMIT 1").fetchone()[0]
    connection.close()
    between = min(20_000, max(5_000, size // 200))
    ecs = server.client("ecs")
    cluster = calls_alone(server)[2]["resourceArn"]
    while between - 50 > since_snapshot(file):
        for _ in range(40):
            ecs.tag_resource(resourceArn=cluster, tags=[{"key": "version", "value": "2"}])
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    replayed, total = since_snapshot(file), entries(file)
    times = []
    for _ in range(max(3, options.rounds)):
        again = Server("file", command(options, file))
        times.append(again.start)
        again.process.send_signal(signal.SIGKILL)
        again.process.wait()
    return min(times), sorted(times)[len(times) // 2], replayed, total, on_disk(file)


def calls_alone(server):
    cluster = server.client("ecs").describe_clusters(clusters=["bench"])["clusters"][0]
    return ("ecs", "tag_resource", {
        "resourceArn": cluster["clusterArn"], "tags": [{"key": "version", "value": "1"}]})


def since_snapshot(file):
    with sqlite3.connect(file) as connection:
        last = connection.execute("SELECT max(number) FROM snapshots").fetchone()[0]
    connection.close()
    return entries(file) - last


def main():
    parser = argparse.ArgumentParser()
    for name in ("load", "drydock"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        rates, sizes = throughput(options, folder)
        print(f"{'changes per second':28}{'file':>9}{'memory':>9}{'ratio':>8}{'bytes each':>12}")
        for (call, connections), by in rates.items():
            ratio = by["file"] / by["memory"]
            print(f"{call + ', ' + str(connections):28}{by['file']:9.0f}{by['memory']:9.0f}"
                  f"{ratio:8.2f}{sizes[call]:12.0f}")
            if ratio < TARGETS["ratio"]:
                bad.append(f"{call} at {connections}: {ratio:.2f} of the rate in memory")
        best, median, replayed, total, size = reopening(options, folder)
        print(f"\nopened again after a kill, {SERVICES} services, {total} entries, {replayed} of "
              f"them done again: {best:.3f} s at best, {median:.3f} s in the middle (target "
              f"{TARGETS['reopen']:.0f}); the file has {size / (1 << 20):.1f} MiB")
        if median > TARGETS["reopen"]:
            bad.append(f"opened in {median:.2f} s")
    print("\nmissed: " + "; ".join(bad) if bad else "\nall targets met")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
