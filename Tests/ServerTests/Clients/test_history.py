"""What SQLite answers about a state file, while the server runs, after it, and after a kill."""

import contextlib
import os
import signal
import socket
import sqlite3
import tempfile
import time
import unittest

import botocore.exceptions

from drydock import Server, Site

# What a story leaves behind; the rest are ways to look at it.
TABLES = ["facts", "task_records", "deployments", "deployment_windows", "services", "targets"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class History(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name
        # The names of images have the port in them.
        self.port = free_port()

    def file(self, name):
        return os.path.join(self.folder, name)

    def server(self, name):
        return Server(
            "--clock", "manual", "--port", str(self.port), state=self.file(name))

    def ask(self, name, sql, *values):
        address = f"file:{self.file(name)}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def until_written(self, server, name):
        """The history comes in batches, behind the answers."""
        last = server.control("timeline?since=0")["last"]
        end = time.monotonic() + 20
        while self.ask(name, "SELECT max(number) FROM facts") != [(last,)]:
            self.assertLess(time.monotonic(), end, "the history did not come")
            time.sleep(0.02)

    def first_version(self, server):
        site = Site(server)
        site.push("one")
        site.network()
        site.balance(delay=30, interval=10, healthy=2)
        site.register()
        site.serve(count=2)
        server.advance(300)
        return site

    def test_the_file_answers_what_people_ask(self):
        with self.server("a.db") as server:
            site = self.first_version(server)
            site.push("two")
            site.update(forceNewDeployment=True)
            with self.assertRaises(botocore.exceptions.ClientError):
                site.ecs.delete_service(cluster="web", service="nope")
            server.advance(600)
            self.until_written(server, "a.db")
            self.check(server, site)
            expected = self.dump("a.db")
        # And after it.
        self.assertEqual(self.dump("a.db"), expected)

    def check(self, server, site):
        # How long did each deployment take?
        measured = server.deployments()
        self.assertEqual(len(measured), 2)
        rows = self.ask("a.db", """
            SELECT service_name, outcome, completed, steady, first_answer_new, last_answer_old,
                restart_seconds, both_versions_seconds, no_version_seconds, failed_requests
                FROM deployments ORDER BY number""")
        for row, deployment in zip(rows, measured, strict=True):
            self.assertEqual(row, (
                deployment["service"], deployment["outcome"], deployment["completedAt"],
                deployment["steadyAt"], deployment["firstAnswerNew"],
                deployment["lastAnswerOld"], deployment["restartSeconds"],
                deployment["bothVersions"]["seconds"], deployment["noVersion"]["seconds"],
                deployment["probe"]["failed"]))
        windows = self.ask("a.db", """
            SELECT w.from_seconds, w.to_seconds FROM deployment_windows AS w
                JOIN deployments AS d ON d.number = w.deployment
                WHERE w.kind = 'both' AND d.new_version = 'two' ORDER BY 1""")
        self.assertEqual(
            [{"from": begin, "to": end} for begin, end in windows],
            measured[1]["bothVersions"]["windows"])

        # Which tasks overlapped?
        overlaps = self.ask("a.db", """
            SELECT version, other_version, seconds FROM overlaps
                WHERE service LIKE '%/web'""")
        # Two old ones, and at least one new one beside each.
        self.assertGreaterEqual(len(overlaps), 2)
        for version, other, seconds in overlaps:
            self.assertEqual((version, other), ("one", "two"))
            self.assertGreater(seconds, 0)

        # What did the service say?
        said = site.ecs.describe_services(
            cluster="web", services=["web"])["services"][0]["events"]
        events = self.ask(
            "a.db", "SELECT message FROM service_events ORDER BY number DESC")
        self.assertEqual([message for message, in events], [event["message"] for event in said])
        told = [fact["message"] for fact in server.control("timeline?since=0")["facts"]
                if fact["kind"] == "serviceEvent"]
        self.assertEqual(told[::-1], [event["message"] for event in said])

        # What was asked, by whom, and what became of it?
        calls = self.ask("a.db", """
            SELECT operation, caller, region, code FROM api_calls
                WHERE outcome = 'refused'""")
        self.assertEqual(len(calls), 1)
        operation, caller, region, code = calls[0]
        self.assertEqual(
            (operation, region, code),
            ("DeleteService", "eu-central-1", "ServiceNotFoundException"))
        self.assertTrue(caller.startswith("arn:aws:"))
        accepted = [operation for operation, in self.ask(
            "a.db", "SELECT operation FROM api_calls WHERE outcome = 'accepted'")]
        for operation in ["CreateService", "UpdateService", "PutImage", "CreateListener"]:
            self.assertIn(operation, accepted)
        self.assertEqual(
            self.ask("a.db", "SELECT count FROM reads WHERE operation = 'DescribeVpcs'"), [(1,)])

        # What is there now?
        arns = site.ecs.list_tasks(cluster="web")["taskArns"]
        running = self.ask("a.db", "SELECT task FROM tasks WHERE status = 'RUNNING'")
        self.assertEqual({task for task, in running}, set(arns))
        self.assertEqual(
            self.ask("a.db", "SELECT count(*) FROM targets WHERE state = 'healthy'"), [(2,)])
        self.assertEqual(
            self.ask("a.db", "SELECT status FROM services WHERE name = 'web'"), [("ACTIVE",)])
        lives = self.ask("a.db", """
            SELECT capacity_seconds, pull_seconds, boot_seconds, first_check_seconds
                FROM task_lives WHERE version = 'two'""")
        self.assertEqual(len(lives), 2)
        for life in lives:
            self.assertGreater(min(life), 0)

    def dump(self, name):
        return {table: self.ask(name, f"SELECT * FROM {table} ORDER BY 1, 2, 3")
                for table in TABLES}

    def story(self, name, kill_after=()):
        """A deployment; the server is killed in its midst and started again."""
        server = self.server(name)
        try:
            site = self.first_version(server)
            site.push("two")
            site.update(forceNewDeployment=True)
            for second in range(0, 240, 8):
                if second in kill_after:
                    server.stop(signal.SIGKILL)
                    server = self.server(name)
                server.advance(8)
        finally:
            server.stop()
        return self.dump(name)

    def test_a_kill_leaves_no_gap(self):
        whole = self.story("whole.db")
        self.assertGreater(len(whole["facts"]), 100)
        cut = self.story("cut.db", kill_after=(0, 24, 32, 80, 96, 160))
        for table, rows in whole.items():
            self.assertEqual(rows, cut[table], table)


if __name__ == "__main__":
    unittest.main()
