"""What a server does that AWS does not: starting, stopping, names, and people's mistakes."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import botocore.exceptions

from drydock import PROGRAM, Server, Site


def refused(*options):
    """Starts a server that does not start; gives back its status and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([PROGRAM, "serve", *options], capture_output=True, text=True,
                              timeout=20, cwd=folder)
    return done.returncode, done.stderr.strip()


class Starting(unittest.TestCase):
    def test_port_taken(self):
        with Server() as server:
            status, said = refused("--port", str(server.port))
            self.assertEqual(status, 1)
            self.assertIn(f"Port {server.port} is taken by drydock (process "
                          f"{server.process.pid})", said)
            self.assertIn("--port 0", said)
            self.assertEqual(len(said.splitlines()), 1)

    def test_others_may_not_reach_it_without_credentials(self):
        status, said = refused("--port", "0", "--host", "0.0.0.0")
        self.assertEqual(status, 1)
        self.assertIn("--credentials", said)

    def test_other_mistakes(self):
        for options, part in [
            (["--state", "missing/a.db"], "missing/a.db cannot be opened"),
            (["--credentials", "/nowhere"], "cannot be read"),
            (["--host", "192.0.2.1", "--credentials", self.credentials()], "no address of this"),
        ]:
            status, said = refused("--port", "0", *options)
            self.assertEqual(status, 1, said)
            self.assertIn(part, said)
        self.assertEqual(refused("--port", "65536")[0], 64)
        self.assertEqual(refused("--account", "12")[0], 64)

    def test_stops_at_once(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            server = Server()
            idle = socket.create_connection(("127.0.0.1", server.port))
            began = time.monotonic()
            self.assertEqual(server.stop(how), 0)
            self.assertLess(time.monotonic() - began, 5)
            idle.close()

    @staticmethod
    def credentials():
        file = tempfile.NamedTemporaryFile("w", suffix=".credentials", delete=False)
        file.write("[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = good\n"
                   "[other]\naws_access_key_id = OTHER\naws_secret_access_key = other\n"
                   "account = 222222222222\n")
        file.close()
        return file.name

    def test_signatures(self):
        file = self.credentials()
        with Server("--host", "127.0.0.1", "--credentials", file) as server:
            import boto3
            def account(key, secret):
                client = boto3.client(
                    "sts", endpoint_url=server.url, region_name="us-east-1",
                    aws_access_key_id=key, aws_secret_access_key=secret)
                return client.get_caller_identity()["Account"]
            self.assertEqual(account("AKIDEXAMPLE", "good"), "000000000000")
            self.assertEqual(account("OTHER", "other"), "222222222222")
            for key, secret, code in [("AKIDEXAMPLE", "bad", "SignatureDoesNotMatch"),
                                      ("NOBODY", "bad", "InvalidClientTokenId")]:
                with self.assertRaises(botocore.exceptions.ClientError) as caught:
                    account(key, secret)
                self.assertEqual(caught.exception.response["Error"]["Code"], code)
        os.unlink(file)


class Accounts(unittest.TestCase):
    def test_keys_and_regions_are_worlds_apart(self):
        with Server("--account", "111111111111") as server:
            account = lambda key: server.client("sts", key).get_caller_identity()["Account"]
            self.assertEqual(account("test"), "111111111111")
            self.assertEqual(account("222222222222"), "222222222222")
            server.client("ecs").create_cluster(clusterName="a")
            clusters = lambda key: server.client("ecs", key).list_clusters()["clusterArns"]
            self.assertEqual(clusters("222222222222"), [])
            self.assertEqual(len(clusters("test")), 1)
            iam = server.client("iam", "222222222222")
            iam.create_role(RoleName="guest", AssumeRolePolicyDocument=json.dumps({
                "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}))
            given = server.client("sts", "111111111111").assume_role(
                RoleArn="arn:aws:iam::222222222222:role/guest", RoleSessionName="me")
            key = given["Credentials"]["AccessKeyId"]
            who = server.client("sts", key).get_caller_identity()
            self.assertEqual(who["Account"], "222222222222")
            self.assertTrue(who["Arn"].endswith(":assumed-role/guest/me"))


class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--clock", "manual")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def ask(self, first_line, *headers, body=b""):
        """The raw answer to a request."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            lines = [first_line, *headers, "Connection: close", "", ""]
            connection.sendall("\r\n".join(lines).encode() + body)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer.decode()

    def test_proxy_for_its_own_load_balancers_alone(self):
        said = self.ask("GET http://example.com/ HTTP/1.1", "Host: example.com")
        self.assertTrue(said.startswith("HTTP/1.1 403"))
        self.assertIn("example.com", said)
        said = self.ask("CONNECT example.com:443 HTTP/1.1", "Host: example.com:443")
        self.assertTrue(said.startswith("HTTP/1.1 501"))
        said = self.ask("GET http://a-1.us-east-1.elb.amazonaws.com/ HTTP/1.1", "Host: a")
        self.assertIn("no load balancer with the name a-1.us-east-1", said)
        own = f"http://127.0.0.1:{self.server.port}/_drydock/health"
        self.assertIn('"ok"', self.ask(f"GET {own} HTTP/1.1", f"Host: 127.0.0.1"))

    def test_control_api_is_for_its_own_pages(self):
        for headers, status in [
            (["Host: 127.0.0.1"], 200),
            (["Host: 127.0.0.1", "Origin: http://127.0.0.1"], 200),
            (["Host: 127.0.0.1", "Origin: http://evil.example"], 403),
            (["Host: evil.example", "Origin: http://evil.example"], 403),
            (["Host: evil.example"], 403),
        ]:
            said = self.ask("GET /_drydock/health HTTP/1.1", *headers)
            self.assertTrue(said.startswith(f"HTTP/1.1 {status}"), (headers, said))
        said = self.ask("POST /_drydock/reset HTTP/1.1", "Host: 127.0.0.1",
                        "Content-Type: text/plain", "Content-Length: 2", body=b"{}")
        self.assertTrue(said.startswith("HTTP/1.1 415"))
        said = self.ask("POST / HTTP/1.1", "Host: 127.0.0.1", "Origin: http://evil.example",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: 37", body=b"Action=CreateVpc&Version=2016-11-15&a=")
        self.assertTrue(said.startswith("HTTP/1.1 403"))

    def test_what_is_not_built(self):
        for line in ["GET /_drydock/reach", "POST /_drydock/faults"]:
            said = self.ask(f"{line} HTTP/1.1", "Host: localhost", "Content-Length: 2",
                            "Content-Type: application/json", body=b"{}")
            self.assertTrue(said.startswith("HTTP/1.1 501"), said)
            self.assertIn("not built yet", said)

    def test_timeline(self):
        self.server.client("ec2").create_vpc(CidrBlock="10.9.0.0/16")
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            connection.sendall(b"GET /_drydock/timeline HTTP/1.1\r\nHost: localhost\r\n"
                               b"Accept: text/event-stream\r\n\r\n")
            heard = b""
            while b"Drydock's timeline" not in heard:
                heard += connection.recv(4096)
            site = Site(self.server, "streamed")
            site.network()
            site.balance()
            self.server.advance(150)
            heard = b""
            while b"loadBalancerActive" not in heard:
                heard += connection.recv(4096)
        whole = self.server.control("timeline")
        self.assertEqual([fact["number"] for fact in whole["facts"]],
                         list(range(whole["first"], whole["last"] + 1)))
        since = self.server.control(f"timeline?since={whole['last'] - 1}")
        self.assertEqual(len(since["facts"]), 1)


class Traffic(unittest.TestCase):
    def test_what_the_network_says(self):
        with Server("--clock", "manual") as server:
            site = Site(server)
            site.network()
            site.balance()
            # Provisioning: nobody is there yet.
            self.assertEqual(site.get(), [(None, None)])
            server.advance(150)
            self.assertEqual(site.get(), [(503, None)])
            before = server.control("cloud")
            site.get(20)
            self.assertEqual(server.control("cloud"), before)
            # A port without a listener.
            self.assertEqual(site.get(host=site.dns + ":81"), [(None, None)])
            # A security group that lets nobody in: the client waits until it has had enough.
            site.ec2.revoke_security_group_ingress(
                GroupId=site.group, IpProtocol="tcp", FromPort=0, ToPort=65535,
                CidrIp="0.0.0.0/0")
            began = time.monotonic()
            with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection:
                connection.sendall(f"GET / HTTP/1.1\r\nHost: {site.dns}\r\n\r\n".encode())
                with self.assertRaises(TimeoutError):
                    connection.recv(1)
            self.assertGreater(time.monotonic() - began, 1.9)
            site.elbv2.modify_listener(
                ListenerArn=site.listener, DefaultActions=[{
                    "Type": "fixed-response", "FixedResponseConfig": {
                        "StatusCode": "418", "ContentType": "text/plain", "MessageBody": "tea"}}])
            site.ec2.authorize_security_group_ingress(
                GroupId=site.group, IpProtocol="tcp", FromPort=80, ToPort=80,
                CidrIp="0.0.0.0/0")
            self.assertEqual(site.get(), [(418, None)])

    def test_listener_ports(self):
        with Server("--clock", "manual", "--listener-ports") as server:
            site = Site(server)
            site.network()
            site.balance()
            server.advance(150)
            deadline = time.monotonic() + 10
            port = None
            while port is None and time.monotonic() < deadline:
                listeners = server.control("cloud")["loadBalancers"][0]["listeners"]
                port = listeners[0]["localPort"]
            self.assertIsNotNone(port)
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: anything\r\n\r\n")
                self.assertIn(b" 503 ", connection.recv(4096))
            site.elbv2.delete_listener(ListenerArn=site.listener)
            while time.monotonic() < deadline:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                except OSError:
                    # Refused; or reset, if it was still in the queue when the port was closed.
                    return
            self.fail("the port stays open")


class Connections(unittest.TestCase):
    """Requests on one connection, sent faster than they are answered."""

    @staticmethod
    def call(target, body=b"{}", headers=()):
        lines = ["POST / HTTP/1.1", "Host: localhost", f"X-Amz-Target: {target}",
                 "Content-Type: application/x-amz-json-1.1", f"Content-Length: {len(body)}",
                 *headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def exchange(self, server, sent, count):
        """Sends bytes; gives back the status and body of each answer, and whether it closed."""
        answers = []
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(sent)
            stream = connection.makefile("rb")
            for _ in range(count):
                status = int(stream.readline().split()[1])
                length = 0
                while (line := stream.readline().strip()):
                    name, _, value = line.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                answers.append((status, stream.read(length)))
            connection.shutdown(socket.SHUT_WR)
            return answers, stream.read()

    def test_answers_come_in_order(self):
        ecs = "AmazonEC2ContainerServiceV20141113."
        other = b"GET /_drydock/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with Server() as server:
            sent = b"".join([
                self.call(ecs + "CreateCluster", b'{"clusterName":"one"}'), other,
                self.call(ecs + "ListClusters"), self.call(ecs + "Nothing"), other, other,
                self.call(ecs + "DeleteCluster", b'{"cluster":"one"}'),
                self.call(ecs + "ListClusters")])
            answers, rest = self.exchange(server, sent, 8)
            self.assertEqual([status for status, _ in answers],
                             [200, 200, 200, 400, 200, 200, 200, 200])
            self.assertIn(b'"clusterName":"one"', answers[0][1])
            self.assertIn(b"cluster/one", answers[2][1])
            self.assertIn(b"INACTIVE", answers[6][1])
            self.assertEqual(rest, b"")

    def test_large_bodies_and_chunks_are_calls_too(self):
        target = "AmazonEC2ContainerServiceV20141113.ListClusters"
        large = b'{"unknown":"' + b"a" * (3 << 20) + b'"}'
        head = self.call(target, b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
        with Server() as server:
            answers, _ = self.exchange(
                server, self.call(target, large) + head + b"2\r\n{}\r\n0\r\n\r\n"
                + self.call(target), 3)
            self.assertEqual([status for status, _ in answers], [200] * 3)

    def test_closes_when_asked_to(self):
        target = "AmazonEC2ContainerServiceV20141113.ListClusters"
        with Server() as server:
            for sent in (self.call(target, headers=["Connection: close"]),
                         self.call(target).replace(b"HTTP/1.1", b"HTTP/1.0")):
                with socket.create_connection(("127.0.0.1", server.port), timeout=20) as one:
                    one.sendall(sent)
                    answer = one.makefile("rb").read()
                self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer)
                self.assertIn(b"\r\nDate: ", answer)

    def test_a_body_that_ends_early_is_answered(self):
        sent = self.call("AmazonEC2ContainerServiceV20141113.ListClusters")[:-1]
        with Server() as server:
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as one:
                one.sendall(sent)
                one.shutdown(socket.SHUT_WR)
                answer = one.makefile("rb").read()
            self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), answer)
            self.assertIn(b"SerializationException", answer)


if __name__ == "__main__":
    unittest.main()
