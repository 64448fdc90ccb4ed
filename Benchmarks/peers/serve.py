"""Servers of AWS's protocols side by side: how many calls they answer, how soon, in how much memory.

    serve.py --load PROGRAM --drydock PROGRAM --bare PROGRAM [--seconds N] [--rounds N]

Run by scripts/bench, whose environment has moto_server, ministack and boto3. Every figure is the best of
the rounds, in which the servers take turns.
"""

import argparse
import math
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import boto3
import botocore.awsrequest
from botocore.config import Config

REGION = "us-east-1"
BIN = Path(sys.executable).parent
TARGETS = {"throughput": 50, "start": 20, "memory": 3, "bare": 0.6, "nanoseconds": 2}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, name, command, environment=None):
        self.name = name
        self.port = free_port()
        command = [str(part).replace("PORT", str(self.port)) for part in command]
        environment = {key: value.replace("PORT", str(self.port))
                       for key, value in (environment or {}).items()}
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        while not self.answers():
            if self.process.poll() is not None:
                raise RuntimeError(f"{name} does not start")
            if time.perf_counter() - began > 60:
                self.process.kill()
                raise RuntimeError(f"{name} does not answer")
        self.start = time.perf_counter() - began

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as probe:
                probe.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return probe.recv(12).startswith(b"HTTP/1.")
        except OSError:
            time.sleep(0.0005)
            return False

    def client(self, service):
        return boto3.client(
            service, endpoint_url=f"http://127.0.0.1:{self.port}", region_name=REGION,
            aws_access_key_id="test", aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}))

    def resident(self):
        """Mebibytes, of the process and its children."""
        total = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines()
                              if ":\t" in line)
            except OSError:
                continue
            ours = str(self.process.pid) in (fields["Pid"], fields["PPid"])
            if ours and "VmRSS" in fields:
                total += int(fields["VmRSS"].split()[0]) / 1024
        return total

    def worked(self):
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def wire(server, service, method, arguments):
    """The bytes of a call as botocore sends it."""
    client = server.client(service)
    sent = []

    def catch(request, **_):
        sent.append(request)
        return botocore.awsrequest.AWSResponse(request.url, 500, {}, None)

    client.meta.events.register("before-send", catch)
    try:
        getattr(client, method)(**arguments)
    except Exception:
        pass
    request = sent[0]
    body = request.body or b""
    if isinstance(body, str):
        body = body.encode()
    lines = [f"{request.method} / HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    for name, value in request.headers.items():
        value = value.decode() if isinstance(value, bytes) else value
        if name.lower() not in ("host", "content-length"):
            lines.append(f"{name}: {value}")
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def services(server, count, first=0):
    ecs = server.client("ecs")
    if first == 0:
        ecs.create_cluster(clusterName="bench")
        ecs.register_task_definition(
            family="bench", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256",
            memory="512", containerDefinitions=[{
                "name": "app", "image": "docker.io/library/nginx:1", "essential": True}])
    ec2 = server.client("ec2")
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    for number in range(first, count):
        ecs.create_service(
            cluster="bench", serviceName=f"s{number}", taskDefinition="bench", desiredCount=1,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {
                "subnets": [subnet], "securityGroups": [group]}})


def prepare(server):
    """Ten services, a target group with two targets; gives back the calls to measure."""
    services(server, 10)
    ec2, elbv2 = server.client("ec2"), server.client("elbv2")
    subnets = ec2.describe_subnets()["Subnets"][:2]
    elbv2.create_load_balancer(Name="bench", Subnets=[one["SubnetId"] for one in subnets])
    group = elbv2.create_target_group(
        Name="bench", Protocol="HTTP", Port=8080, TargetType="ip", VpcId=subnets[0]["VpcId"],
    )["TargetGroups"][0]["TargetGroupArn"]
    base = subnets[0]["CidrBlock"].rsplit(".", 1)[0]
    elbv2.register_targets(
        TargetGroupArn=group, Targets=[{"Id": f"{base}.{n}", "Port": 8080} for n in (20, 21)])
    for number in range(8):
        ec2.create_security_group(
            GroupName=f"g{number}", Description="bench", VpcId=subnets[0]["VpcId"])
    names = [f"s{number}" for number in range(10)]
    return {
        "DescribeServices": ("ecs", "describe_services", {"cluster": "bench", "services": names}),
        "ListClusters": ("ecs", "list_clusters", {}),
        "DescribeTargetHealth": ("elbv2", "describe_target_health", {"TargetGroupArn": group}),
        "DescribeSecurityGroups": ("ec2", "describe_security_groups", {}),
    }


def rate(options, server, request, connections):
    """Answers per second, bytes of each, and the processor time that each took, in microseconds;
    `None` if they are no answers."""
    before = server.worked()
    done = subprocess.run(
        [options.load, str(server.port), str(connections), str(options.seconds)], input=request,
        capture_output=True, timeout=options.seconds + 60)
    if done.returncode:
        return None
    per_second, size, failures = done.stdout.split()
    each = (server.worked() - before) / (float(per_second) * options.seconds) * 1e6
    return None if int(failures) else (float(per_second), int(size), each)


def bare_rate(options, size, request, connections):
    server = Server("bare", [options.bare, "PORT", size])
    try:
        return rate(options, server, request, connections)
    finally:
        server.stop()


def main():
    parser = argparse.ArgumentParser()
    for name in ("load", "drydock", "bare"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    commands = {
        "Drydock": ([options.drydock, "serve", "--in-memory", "--port", "PORT", "--clock",
                     "real"], {}),
        "moto": ([BIN / "moto_server", "-p", "PORT"], {}),
        "MiniStack": ([BIN / "ministack"], {"GATEWAY_PORT": "PORT", "MINISTACK_PORT": "PORT"}),
    }
    rates, sizes, starts, memory, work = {}, {}, {}, {}, {}
    bare = {}
    for number in range(options.rounds):
        for name, (command, environment) in commands.items():
            print(f"serve: round {number + 1} of {options.rounds}, {name}", file=sys.stderr)
            try:
                server = Server(name, command, environment)
            except RuntimeError as problem:
                print(f"serve: {problem}", file=sys.stderr)
                continue
            starts[name] = min(starts.get(name, math.inf), server.start)
            try:
                memory.setdefault(name, {})["idle"] = server.resident()
                measure(options, server, rates, sizes, bare, work)
                if number == 0:
                    services(server, 1000, first=10)
                    memory[name]["1,000 services"] = server.resident()
            except Exception as problem:
                print(f"serve: {name}: {type(problem).__name__} {problem}", file=sys.stderr)
            finally:
                server.stop()
    sys.exit(report(rates, sizes, starts, memory, bare, work))


def measure(options, server, rates, sizes, bare, work):
    for call, (service, method, arguments) in prepare(server).items():
        request = wire(server, service, method, arguments)
        for connections in (1, 8):
            found = rate(options, server, request, connections)
            if found is None:
                continue
            key = (call, connections)
            best = rates.setdefault(key, {})
            best[server.name] = max(best.get(server.name, 0), found[0])
            if server.name == "Drydock":
                sizes[key] = found[1]
                other = bare_rate(options, found[1], request, connections)
                if other:
                    bare[key] = max(bare.get(key, 0), other[0])
                    least = work.get(key, (math.inf, math.inf))
                    work[key] = (min(least[0], found[2]), min(least[1], other[2]))


def report(rates, sizes, starts, memory, bare, work):
    bad = []
    print(f"{'answers per second':28}{'Drydock':>10}{'moto':>8}{'MiniStack':>11}"
          f"{'to moto':>9}{'bare':>9}{'to bare':>9}{'us, ours':>10}{'us, bare':>10}"
          f"{'ns/byte':>9}{'bytes':>8}")
    ratios = []
    for (call, connections), by in rates.items():
        ours, moto = by.get("Drydock", 0), by.get("moto")
        plain = bare.get((call, connections))
        size = sizes.get((call, connections), 0)
        line = f"{call + ', ' + str(connections):28}{ours:10.0f}"
        line += f"{moto:8.0f}" if moto else f"{'-':>8}"
        line += f"{by['MiniStack']:11.0f}" if by.get("MiniStack") else f"{'-':>11}"
        line += f"{ours / moto:9.1f}" if moto else f"{'-':>9}"
        if plain and ours:
            # By processor time, which other programs disturb less than rates.
            mine, theirs = work[call, connections]
            line += f"{plain:9.0f}{ours / plain:9.2f}{mine:10.1f}{theirs:10.1f}"
            more = (mine - theirs) * 1000 / max(1, size)
            line += f"{more:9.2f}" if size >= 2048 else f"{'-':>9}"
            if size >= 2048 and more > TARGETS["nanoseconds"]:
                bad.append(f"{call} at {connections}: {more:.1f} ns a byte")
            if size < 2048 and ours < TARGETS["bare"] * plain:
                bad.append(f"{call} at {connections}: {ours / plain:.2f} of the bare handler")
        print(line + f"{size:8d}")
        if moto and ours:
            ratios.append(ours / moto)
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"\ngeometric mean: {mean:.1f} times moto's (target {TARGETS['throughput']})")
        if mean < TARGETS["throughput"]:
            bad.append(f"throughput {mean:.1f} times moto's")
    print("\nfirst answer, s:  " + ", ".join(f"{name} {start:.3f}" for name, start in starts.items()))
    for kind in ("idle", "1,000 services"):
        print(f"resident, MiB, {kind}:  " + ", ".join(
            f"{name} {by[kind]:.0f}" for name, by in memory.items() if kind in by))
    if "moto" in starts:
        if starts["Drydock"] * TARGETS["start"] > starts["moto"]:
            bad.append("start-up")
        for kind, theirs in memory.get("moto", {}).items():
            if memory["Drydock"].get(kind, math.inf) * TARGETS["memory"] > theirs:
                bad.append(f"memory, {kind}")
    print("\nmissed: " + "; ".join(bad) if bad else "\nall targets met")
    return 1 if bad or not ratios else 0


if __name__ == "__main__":
    main()
