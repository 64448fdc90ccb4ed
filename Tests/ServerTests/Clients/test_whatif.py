"""drydock predict and drydock diff, about a running server and about its file."""

import json
import os
import select
import subprocess
import tempfile
import unittest

from drydock import PROGRAM, Server, Site


def drydock(*words):
    """Runs a command; gives back its status, what it printed, and what it complained of."""
    environment = {key: value for key, value in os.environ.items() if key != "AWS_ENDPOINT_URL"}
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=300,
                          env=environment)
    return done.returncode, done.stdout, done.stderr.strip()


class WhatIf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = os.path.join(cls.folder.name, "drydock.db")
        cls.server = Server("--clock", "manual", state=cls.file)
        cls.site = site = Site(cls.server)
        site.network()
        site.push("v1")
        site.balance()
        site.register()
        cls.server.advance(150)
        site.serve()
        cls.server.control("clock", {"until": "stable"})

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def asked(self, *words):
        status, said, complaint = drydock(*words, "--endpoint", self.server.url)
        self.assertEqual((status, complaint), (0, ""))
        return said

    def refused(self, *words, status=1):
        found, said, complaint = drydock(*words)
        self.assertEqual((found, said), (status, ""))
        return complaint

    def test_a_prediction(self):
        changes = ["--set", "minimumHealthyPercent=0", "--set", "maximumPercent=100"]
        question = ["predict", "--service", "web", "--trials", "10", *changes]
        before = self.server.control("clock")
        said = json.loads(self.asked(*question, "--format", "json"))
        self.assertEqual(self.server.control("clock"), before)
        self.assertEqual(said["current"]["outcomes"], {"COMPLETED": 10})
        self.assertEqual(said["current"]["newVersion"]["kind"], "copy")
        self.assertEqual(said["current"]["measures"]["noVersion"]["most"], 0)
        self.assertGreater(said["changed"]["measures"]["noVersion"]["least"], 0)
        self.assertEqual(said["differences"]["completed"]["trials"], 10)
        # The file says the same as the server.
        status, kept, _ = drydock(*question, "--format", "json", "--state", self.file)
        self.assertEqual((status, json.loads(kept)), (0, said))
        text = self.asked(*question, "--language", "de", "--width", "80")
        self.assertTrue(text.startswith("web in web: das Deployment von hier an"))
        self.assertIn("minimumHealthyPercent", text)

    def test_the_server_answers_meanwhile(self):
        before = self.server.control("clock")["now"]
        connection = self.server.connection(timeout=300)
        connection.request(
            "POST", "/_drydock/predict", json.dumps({"service": "web", "trials": 300}),
            {"Content-Type": "application/json"})
        self.server.advance(1)
        self.assertEqual(select.select([connection.sock], [], [], 0)[0], [], "it was kept waiting")
        said = json.load(connection.getresponse())
        self.assertIn(said["now"], (before, before + 1))
        self.assertEqual(said["current"]["outcomes"], {"COMPLETED": 300})
        connection.close()

    def test_a_question_that_makes_no_sense(self):
        here = ["--endpoint", self.server.url]
        for words, says in [
            (["--service", "wep", *here], 'Did you mean "web"?'),
            (["--service", "web", "--set", "minimum=5", *here], "The settings are: desiredCount"),
            (["--service", "web", "--set", "maximumPercent=5", *here], "UpdateService is refused"),
            (["--service", "web", "--endpoint", "http://127.0.0.1:1"], "drydock serve"),
            (["--service", "web", "--state", "/nowhere.db"], "no file /nowhere.db"),
        ]:
            said = self.refused("predict", *words)
            self.assertIn(says, said)
            self.assertEqual(len(said.splitlines()), 1)
        self.refused("predict", "--service", "web", "--trials", "0", status=64)
        self.refused("predict", "--service", "web", "--state", "a", *here, status=64)

    def test_what_a_deployment_changed(self):
        began = self.server.control("clock")["now"]
        self.server.advance(5)
        self.site.push("v2")
        self.site.update(forceNewDeployment=True)
        self.server.control("clock", {"until": "stable"})
        self.server.advance(60)
        question = ["diff", f"{began}s", "now"]
        said = json.loads(self.asked(*question, "--format", "json"))
        self.assertEqual(said["from"], began)
        place, = [place for place in said["places"] if place["region"]]
        changes = {(change["kind"], change["name"]): change for change in place["changes"]}
        service = changes["service", "web in web"]
        deployment, = service["deployments"]
        self.assertEqual(deployment["rolloutState"], "COMPLETED")
        self.assertEqual(deployment["beganAt"], 5)
        counts = {count["version"]: count for count in service["tasks"]}
        self.assertEqual((counts["v2"]["started"], counts["v1"]["stopped"]), (2, 2))
        tag, = [field for field in changes["repository", "web"]["fields"]
                if field["name"] == ":latest"]
        self.assertTrue(tag["from"].startswith("v1 ") and tag["to"].startswith("v2 "))
        targets = [field for field in changes["targetGroup", "web"]["fields"]]
        self.assertEqual(len([field for field in targets if field["to"] == "healthy"]), 2)

        status, kept, _ = drydock(*question, "--format", "json", "--state", self.file)
        self.assertEqual((status, json.loads(kept)), (0, said))
        text = self.asked("diff", f"{began}")
        self.assertIn("Service web in web", text)
        nothing = self.asked("diff", "now")
        self.assertIn("Nothing changed.", nothing)

    def test_instants_that_are_none(self):
        here = ["--endpoint", self.server.url]
        self.refused("diff", "soon", *here, status=64)
        self.assertIn("still to come", self.refused("diff", "0", "99d", *here))
        self.assertIn("before that", self.refused("diff", "1999-01-01", *here))
        self.assertIn("later than", self.refused("diff", "0", "99d", "--state", self.file))
        with Server("--clock", "manual") as server:
            server.advance(5)
            said = self.refused("diff", "0", "--endpoint", server.url)
            self.assertIn("--state FILE", said)


if __name__ == "__main__":
    unittest.main()
