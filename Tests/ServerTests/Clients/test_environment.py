"""`drydock serve --print-env` and `--env-file`: what a shell reads to use a server that one keeps."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from drydock import PROGRAM, Server

ACCOUNT, REGION = "210987654321", "eu-west-1"
# What a shell may have from its work with a real account, or behind a company's proxy.
BEFORE = {
    "AWS_ACCESS_KEY_ID": "AKIAREAL", "AWS_SECRET_ACCESS_KEY": "real", "AWS_SESSION_TOKEN": "real",
    "AWS_PROFILE": "prod", "AWS_ENDPOINT_URL_ECS": "https://ecs.us-east-1.amazonaws.com",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_USE_FIPS_ENDPOINT": "true",
    "HTTPS_PROXY": "http://192.0.2.1:3128", "HTTP_PROXY": "http://192.0.2.1:3128",
    "NO_PROXY": "*", "no_proxy": "localhost"}
SCRIPT = """
    aws sts get-caller-identity --query Account --output text
    echo "$AWS_REGION"
    aws ecs create-cluster --cluster-name web --query cluster.clusterArn --output text
    curl -s http://example.com/ | grep -o 'example.com' | head -n 1
    env | grep -E '^AWS_|_proxy=|_PROXY=' | sort"""


class ShellEnvironment(unittest.TestCase):
    def said(self, shell, first, server):
        with tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                [shell, "-eu", "-c", first + SCRIPT], capture_output=True, text=True, timeout=60,
                env={**BEFORE, "HOME": home,
                     "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"})
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[:4], [
            ACCOUNT, REGION, f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/web", "example.com"])
        return dict(line.split("=", 1) for line in lines[4:])

    def check(self, variables, server):
        proxies = {name: value for name, value in variables.items()
                   if name.lower().endswith("_proxy")}
        self.assertEqual(proxies, {
            **dict.fromkeys(["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"],
                            server.url),
            **dict.fromkeys(["no_proxy", "NO_PROXY"], "127.0.0.1")})
        self.assertEqual(
            {name: value for name, value in variables.items() if name.startswith("AWS_")}, {
                "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": ACCOUNT,
                "AWS_SECRET_ACCESS_KEY": "drydock", "AWS_DEFAULT_REGION": REGION,
                "AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_DISABLE_HOST_PREFIX_INJECTION": "true", "AWS_PAGER": ""})

    def test_what_is_printed_leads_to_the_server(self):
        for shell in "sh", "bash":
            with self.subTest(shell), Server() as server:
                evaluation = (f'eval "$({PROGRAM} serve --print-env --port {server.port} '
                              f'--account {ACCOUNT} --region {REGION})"')
                self.check(self.said(shell, evaluation, server), server)

    def test_the_file_is_there_once_the_server_is_ready(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "drydock.env")
            with Server("--env-file", str(file), "--account", ACCOUNT,
                        "--region", REGION) as server:
                self.assertTrue(file.exists())
                self.check(self.said("sh", f". {file}", server), server)

    def test_a_file_that_cannot_be_written_stops_the_server(self):
        done = subprocess.run(
            [PROGRAM, "serve", "--in-memory", "--port", "0", "--env-file", "/nowhere/drydock.env"],
            capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("/nowhere/drydock.env, cannot be written", done.stderr)


if __name__ == "__main__":
    unittest.main()
