"""Many clients at once, calling at random, for as long as it is told."""

import argparse
import collections
import http.client
import json
import random
import socket
import sys
import threading
import time
from pathlib import Path

from drydock import Server, Site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# What AWS would answer with such a status, too: what is not there yet says so with 501.
ALLOWED = {501, 503}
TARGETS = {"AmazonEC2ContainerServiceV20141113": ["ListClusters", "CreateCluster", "RunTask",
           "DescribeServices", "UpdateService", "ListTasks", "DescribeTasks", "StopTask",
           "RegisterTaskDefinition", "ListTaskDefinitions", "DeleteCluster", "CreateDaemon",
           "Nothing", "TagResource", "ListServices"],
           "AmazonEC2ContainerRegistry_V20150921": ["DescribeRepositories", "CreateRepository",
           "ListImages", "DeleteRepository", "PutImage", "BatchGetImage",
           "GetAuthorizationToken"],
           "Logs_20140328": ["DescribeLogGroups", "CreateLogGroup", "DeleteLogGroup",
           "PutLogEvents", "FilterLogEvents"]}
QUERIES = {"2016-11-15": ["DescribeVpcs", "CreateVpc", "DeleteVpc", "DescribeSecurityGroups",
           "CreateSecurityGroup", "DescribeSubnets", "RunInstances", "DescribeTags", "Nothing"],
           "2015-12-01": ["DescribeLoadBalancers", "DescribeTargetHealth", "CreateTargetGroup",
           "DeleteTargetGroup", "DescribeTargetGroups", "Nothing"],
           "2010-05-08": ["ListRoles", "CreateRole", "DeleteRole", "GetRole", "GetUser"],
           "2011-06-15": ["GetCallerIdentity", "GetSessionToken"]}
WORDS = ["a", "b", "c", "web", "default", "", "1", "-", "arn:aws:ecs:eu-central-1:1:cluster/a",
         "ü", "a" * 300, "*", "10.0.0.0/16", "vpc-1"]
MEMBERS = ["cluster", "clusterName", "services", "tasks", "task", "family", "service",
           "desiredCount", "forceNewDeployment", "repositoryName", "logGroupName", "nextToken",
           "maxResults", "taskDefinition", "containerDefinitions", "tags", "resourceArn"]
FIELDS = ["CidrBlock", "VpcId", "GroupName", "GroupDescription", "Name", "TargetGroupArn",
          "RoleName", "VpcId.1", "Filter.1.Name", "Filter.1.Value.1", "MaxResults", "Protocol",
          "Port", "Names.member.1", "DurationSeconds", "AssumeRolePolicyDocument"]


def value(chance, depth=0):
    kind = chance.randrange(8 if depth < 3 else 5)
    if kind < 3:
        return chance.choice(WORDS)
    if kind == 3:
        return chance.choice([0, 1, -1, 5, 10**12, 1.5, True, None])
    if kind == 4:
        return chance.randrange(100)
    if kind == 5:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(MEMBERS): value(chance, depth + 1) for _ in range(chance.randrange(4))}


def call(chance, dns):
    """Method, path, headers and body of a request, with or without sense."""
    kind = chance.randrange(12)
    key = chance.choice(["test", "111111111111", "222222222222"])
    signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={key}/20260101/eu-central-1/ecs/"
              "aws4_request, SignedHeaders=host, Signature=0", "X-Amz-Date": "20260101T000000Z"}
    if kind < 5:
        prefix = chance.choice(list(TARGETS))
        body = json.dumps({chance.choice(MEMBERS): value(chance)
                           for _ in range(chance.randrange(5))}).encode()
        if chance.random() < 0.1:
            body = body[:chance.randrange(len(body) + 1)] + bytes([chance.randrange(256)])
        headers = {"X-Amz-Target": f"{prefix}.{chance.choice(TARGETS[prefix])}",
                   "Content-Type": "application/x-amz-json-1.1", **signed}
        return "POST", "/", headers, body
    if kind < 9:
        version = chance.choice(list(QUERIES))
        pairs = [f"Action={chance.choice(QUERIES[version])}", f"Version={version}"]
        pairs += [f"{chance.choice(FIELDS)}={chance.choice(WORDS)}"
                  for _ in range(chance.randrange(5))]
        return "POST", "/", {**FORM, **signed}, "&".join(pairs).encode()
    if kind == 9:
        return "GET", "/", {"Host": dns}, b""
    if kind == 10:
        return "GET", chance.choice([
            "/_drydock/clock", "/_drydock/deployments", "/_drydock/cloud", "/_drydock/timeline",
            "/_drydock/timeline?since=x", "/v2/", "/x"]), {}, b""
    return "POST", "/" + chance.choice(WORDS[:4]), {}, bytes(
        chance.randrange(256) for _ in range(chance.randrange(200)))


def client(server, number, until, tally, dns):
    chance = random.Random(number)
    connection = None
    while time.monotonic() < until:
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        method, path, headers, body = call(chance, dns)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            tally[answer.status] += 1
            if answer.status >= 500 and answer.status not in ALLOWED:
                print(answer.status, method, path, headers, body[:300], file=sys.stderr)
        except (http.client.HTTPException, OSError, socket.timeout) as error:
            tally[type(error).__name__] += 1
            connection.close()
            connection = None
        if chance.random() < 0.01 and connection:
            connection.close()
            connection = None


def resident(server):
    """Mebibytes."""
    for line in Path(f"/proc/{server.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=64)
    options = parser.parse_args()
    with Server("--clock", "demand", "--speed", "20") as server:
        site = Site(server)
        site.network()
        site.balance()
        until = time.monotonic() + options.seconds
        tallies = [collections.Counter() for _ in range(options.clients)]
        threads = [threading.Thread(target=client, args=(
            server, number, until, tallies[number], site.dns))
            for number in range(options.clients)]
        for thread in threads:
            thread.start()
        sizes = []
        while time.monotonic() < until:
            time.sleep(max(0, min(options.seconds / 12, until - time.monotonic())))
            sizes.append(resident(server))
        for thread in threads:
            thread.join()
        total = sum(tallies, collections.Counter())
        print("answers:", dict(sorted(total.items(), key=str)))
        print("resident MiB:", " ".join(f"{size:.0f}" for size in sizes))
        problems = []
        if server.process.poll() is not None:
            problems.append(f"the server has ended with {server.process.returncode}")
        bad = [status for status in total
               if isinstance(status, int) and status >= 500 and status not in ALLOWED]
        if bad:
            problems.append(f"answers with {bad}")
        if not total[200]:
            problems.append("nothing succeeded")
        # The first third fills caches and tables; from then on it may not grow much.
        third = len(sizes) // 3
        if sizes and sizes[-1] > 1.25 * sizes[third] + 8:
            problems.append(f"memory grew from {sizes[third]:.0f} to {sizes[-1]:.0f} MiB")
        if not problems:
            server.stop()
        sys.exit("soak: " + "; ".join(problems) if problems else 0)


if __name__ == "__main__":
    main()
