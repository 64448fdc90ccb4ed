"""What `drydock exec` shows besides verdicts: it keeps commands offline, hands signals on, and says
with its exit status what came of them."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "Tests" / "ServerTests" / "Clients"))
from docker_engine import DockerEngine  # noqa: E402
from drydock import REGION, Server  # noqa: E402

PROGRAM = os.environ.get("DRYDOCK", str(ROOT / ".build" / "debug" / "drydock"))
REGISTRY = "000000000000.dkr.ecr.us-east-1.amazonaws.com"
REPOSITORY = "regli/rechsteiner-app-ref-card-01"
LOGIN = f"aws ecr get-login-password | docker login -u AWS --password-stdin {REGISTRY}"


class Run:
    """`drydock exec` with a script, to its end."""

    def __init__(self, script, *options, front=(), env=None, shell="bash"):
        with tempfile.TemporaryDirectory() as folder:
            self.folder = Path(folder)
            verdict = self.folder / "verdict.json"
            (self.folder / "script.sh").write_text(f"set -eu\n{script}\n")
            command = [*front, PROGRAM, "exec", "--json", str(verdict), *options, "--",
                       shell, "script.sh"]
            began = time.monotonic()
            done = subprocess.run(
                command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                env={**os.environ, **(env or {})}, timeout=240)
            self.took = time.monotonic() - began
            self.status, self.out, self.err = done.returncode, done.stdout, done.stderr
            self.verdict = json.loads(verdict.read_text()) if verdict.exists() else None
            self.files = {one.name: one.read_text() for one in self.folder.iterdir()
                          if one.is_file() and one.name != "verdict.json"}

    def said(self):
        return self.out + self.err


class Status(unittest.TestCase):
    def test_the_command_decides(self):
        self.assertEqual(Run("exit 0").status, 0)
        self.assertEqual(Run("exit 7").status, 7)
        killed = Run("kill -TERM $$")
        self.assertEqual(killed.status, 128 + signal.SIGTERM)
        self.assertIn("ended by signal 15", killed.out)

    def test_a_missing_command_is_127_and_one_that_may_not_be_run_126(self):
        for command, status in (["no-such-command"], 127), (["/etc/passwd"], 126):
            done = subprocess.run(
                [PROGRAM, "exec", "--", *command], capture_output=True, text=True)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(command[0], done.stderr)

    def test_a_typo_in_an_assertion_stops_before_anything_runs(self):
        run = Run("touch ran", "--assert", "downtme == 0")
        self.assertEqual(run.status, 64)
        self.assertIn('Did you mean "downtime"?', run.err)
        self.assertNotIn("ran", run.files)

    def test_an_assertion_that_does_not_hold(self):
        run = Run("true", "--assert", "deployments == 1", "--assert", "deployments == 0")
        self.assertEqual(run.status, 1)
        self.assertIn("FAILS: deployments == 1 (deployments is 0)", run.out)
        self.assertIn("holds: deployments == 0", run.out)
        # Of nothing deployed there is no downtime to speak of.
        self.assertEqual(Run("true", "--assert", "downtime == 0").status, 1)

    def test_an_operation_that_is_lacking(self):
        run = Run("aws cloudformation describe-stacks --stack-name x || true")
        self.assertEqual(run.status, 1)
        self.assertEqual(run.verdict["lacking"], ["cloudformation DescribeStacks"])
        self.assertIn("Drydock lacks cloudformation DescribeStacks", run.out)

    def test_output_and_input_pass_through(self):
        done = subprocess.run(
            [PROGRAM, "exec", "--", "sh", "-c", "cat; echo err >&2"], input="in\n",
            capture_output=True, text=True)
        self.assertTrue(done.stdout.startswith("in\n"), done.stdout)
        self.assertEqual(done.stderr, "err\n")

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            files = {one: f"{folder}/{one}" for one in ("html", "junit")}
            subprocess.run(
                [PROGRAM, "exec", "--html", files["html"], "--junit", files["junit"], "--assert",
                 "deployments == 1", "--language", "de", "--", "sh", "-c", "exit 0 # <&>"],
                capture_output=True)
            suite = xml.etree.ElementTree.parse(files["junit"]).getroot()
            self.assertEqual((suite.get("tests"), suite.get("failures")), ("2", "1"))
            self.assertIn("GILT NICHT", Path(files["html"]).read_text())


class SavedState(unittest.TestCase):
    """A script begins where a server's file ends, and leaves the file alone."""

    SCRIPT = """
        aws ecs describe-clusters --clusters shop --query 'clusters[0].status' --output text
        aws ecs delete-cluster --cluster shop > /dev/null
        aws ec2 describe-vpcs --query 'length(Vpcs)' --output text"""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name, "drydock.db")

    def rehearse(self):
        run = Run(self.SCRIPT, "--seed-state", str(self.file), "--region", REGION)
        self.assertEqual(run.status, 0, run.said())
        self.assertEqual(run.out.split("\n\n")[0], "ACTIVE\n0")
        self.assertIn("started from", run.out)

    def test_the_file_stays_as_it_is(self):
        with Server(state=str(self.file)) as server:
            server.client("ecs").create_cluster(clusterName="shop")
            ec2 = server.client("ec2")
            # What was taken away does not come back.
            vpc, = ec2.describe_vpcs()["Vpcs"]
            for subnet in ec2.describe_subnets()["Subnets"]:
                ec2.delete_subnet(SubnetId=subnet["SubnetId"])
            gateway, = ec2.describe_internet_gateways()["InternetGateways"]
            ec2.detach_internet_gateway(
                InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc["VpcId"])
            ec2.delete_vpc(VpcId=vpc["VpcId"])
            self.rehearse()
            self.assertEqual(len(server.client("ecs").list_clusters()["clusterArns"]), 1)
        before = {one.name: one.read_bytes() for one in self.file.parent.iterdir()
                  if one.is_file()}
        for _ in range(2):
            self.rehearse()
        self.assertEqual(before, {one.name: one.read_bytes()
                                  for one in self.file.parent.iterdir() if one.is_file()})

    def test_another_database_is_refused(self):
        sqlite3.connect(self.file).executescript("CREATE TABLE t (x); PRAGMA user_version = 1")
        done = subprocess.run(
            [PROGRAM, "exec", "--seed-state", str(self.file), "--", "true"],
            capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("There is no starting from", done.stderr)
        self.assertIn("is not a state of Drydock", done.stderr)


class Interrupted(unittest.TestCase):
    def test_the_command_gets_the_signal_and_nothing_is_left(self):
        with tempfile.TemporaryDirectory() as folder:
            script = f"""
                trap 'echo got it > {folder}/trapped; exit 130' INT
                sleep 1000 &
                echo $! > {folder}/child
                docker run -d --name page -p 18091:80 nginx > /dev/null
                echo ready > {folder}/ready
                while true; do sleep 0.05; done"""
            process = subprocess.Popen(
                [PROGRAM, "exec", "--", "bash", "-c", script], stdout=subprocess.PIPE, text=True,
                stdin=subprocess.DEVNULL, start_new_session=True)
            deadline = time.monotonic() + 60
            while not Path(folder, "ready").exists():
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            out = process.communicate(timeout=60)[0]
            self.assertEqual(process.returncode, 130)
            self.assertIn("Interrupted by signal 2; this is the verdict so far.", out)
            self.assertTrue(Path(folder, "trapped").exists())
            child = int(Path(folder, "child").read_text())
            self.assertFalse(Path(f"/proc/{child}").exists())
            left = subprocess.run(
                ["pgrep", "-s", str(process.pid)], capture_output=True, text=True).stdout
            self.assertEqual(left, "")


class Offline(unittest.TestCase):
    """No other address than this machine's is ever contacted."""

    ENVIRONMENT = {
        "AWS_ACCESS_KEY_ID": "AKIAREALREALREALREAL", "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "real",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.2/credentials"}

    def watched(self, script):
        """Runs a script and looks at every connection that any of its processes makes."""
        if shutil.which("strace") is None:
            self.skipTest("needs strace")
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            front = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o",
                     str(log)]
            run = Run(script, front=front, env=self.ENVIRONMENT)
            addresses = set(re.findall(
                r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"', log.read_text()))
        self.contacted = {one or other for one, other in addresses}
        return run

    def offline(self, script):
        """Runs a script that contacts this machine and no other."""
        run = self.watched(script)
        self.assertEqual(self.contacted, {"127.0.0.1"}, run.said())
        return run

    def test_the_watch_sees_who_leaves(self):
        # Addresses that are nobody's (RFC 5737, RFC 3849), without the proxy; nothing is sent.
        self.watched("""
            for to in tcp/192.0.2.1 udp/198.51.100.7 udp/2001:db8::1; do
                timeout 1 bash -c ": > /dev/$to/9" || true
            done
            curl -s "$AWS_ENDPOINT_URL/_drydock/health" > /dev/null""")
        self.assertEqual(
            self.contacted, {"127.0.0.1", "192.0.2.1", "198.51.100.7", "2001:db8::1"})

    def test_a_profile(self):
        run = self.offline("aws ecs list-clusters --profile prod")
        self.assertEqual(run.status, 0, run.said())
        self.assertEqual(run.verdict["calls"][0]["profile"], "prod")
        self.assertIn("The script uses the profile prod", run.out)

    def test_the_endpoint_of_the_real_service(self):
        real = "https://ecs.us-east-1.amazonaws.com"
        run = self.offline(f"AWS_MAX_ATTEMPTS=1 aws ecs list-clusters --endpoint-url {real}")
        self.assertNotEqual(run.status, 0)
        self.assertEqual(
            [one["host"] for one in run.verdict["elsewhere"]], ["ecs.us-east-1.amazonaws.com"])
        self.assertIn("nothing left this machine", run.out.replace("\n", " "))

    def test_the_variable_taken_away(self):
        run = self.offline("unset AWS_ENDPOINT_URL; AWS_MAX_ATTEMPTS=1 aws sts get-caller-identity")
        self.assertNotEqual(run.status, 0)
        self.assertEqual(len(run.verdict["elsewhere"]), 1)
        self.assertIn("takes AWS_ENDPOINT_URL away", run.out.replace("\n", " "))

    def test_another_host(self):
        run = self.offline("curl -s http://example.com/ && curl -s https://example.org/ || true")
        hosts = [(one["host"], one["port"]) for one in run.verdict["elsewhere"]]
        self.assertEqual(hosts, [("example.com", 80), ("example.org", 443)])

    def test_nothing_of_the_real_keys_is_seen(self):
        run = Run("env; cat $AWS_CONFIG_FILE $AWS_SHARED_CREDENTIALS_FILE", env=self.ENVIRONMENT)
        self.assertNotIn("AKIAREAL", run.out)
        self.assertNotIn("169.254.170.2", run.out)


class Time(unittest.TestCase):
    # A minute of sleep, in which curl looks: the AWS CLI takes as long to start as the emulator's
    # half a minute, so the update is curl's, too. What a look sees is the state of the deployment
    # and of all tasks. Nobody fakes /proc/uptime.
    SLEEPER = """
        curl -sf "$AWS_ENDPOINT_URL/" -H 'Content-Type: application/x-amz-json-1.1' \\
            -H 'X-Amz-Target: AmazonEC2ContainerServiceV20141113.UpdateService' \\
            -d '{"cluster": "ref-card", "service": "ref-card-01", "forceNewDeployment": true}' \\
            > /dev/null
        cut -d ' ' -f 1 /proc/uptime > took
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
            curl -s "$AWS_ENDPOINT_URL/_drydock/cloud" >> looks
            sleep 5
        done
        cut -d ' ' -f 1 /proc/uptime >> took
        curl -s "$AWS_ENDPOINT_URL/_drydock/timeline" > timeline"""

    def looks(self, *options):
        """What the script saw, as pairs of seconds since its update and a state, and how long its
        minute took."""
        run = Run(self.SLEEPER, "--seed-state", "refcard-01", "--clock", "real", *options)
        self.assertEqual(run.status, 0, run.said())
        began = max(one["at"] for one in json.loads(run.files["timeline"])["facts"]
                     if one["kind"] == "deploymentBegan")
        decoder, rest, seen = json.JSONDecoder(), run.files["looks"], []
        while rest.strip():
            cloud, end = decoder.raw_decode(rest := rest.lstrip())
            rest = rest[end:]
            deployment = cloud["services"][0]["deployments"][0]
            seen.append((cloud["now"] - began, (deployment["rolloutState"], *(
                task["lastStatus"] for task in cloud["tasks"]))))
        first, last = map(float, run.files["took"].split())
        return seen, last - first

    def test_fake_sleep_sees_what_real_sleep_sees(self):
        if shutil.which("faketime") is None:
            self.skipTest("needs faketime")
        (real, slow), (fake, fast) = (
            self.looks(), self.looks("--speed", "60", "--fake-sleep"))
        self.assertGreaterEqual(slow, 60)
        self.assertLess(fast, 10)
        # Who looks later sees less of what is short. What both look at is the same: between two
        # looks that see the same, at least a second inside, the other sees it, too.
        compared = []
        for one, other in (real, fake), (fake, real):
            for (begin, state), (end, after) in zip(one, one[1:]):
                for at, seen in other:
                    if state == after and begin + 1 < at < end - 1:
                        self.assertEqual(seen, state, f"at {at}: {real} {fake}")
                        compared.append(state)
        self.assertGreater(len(compared), 0, f"{real} {fake}")
        print(f"a minute's sleep took {slow:.1f} s, at speed 60 with --fake-sleep {fast:.1f} s; "
              f"{len(compared)} looks into {len(set(compared))} states agree")

    def test_the_exercise_is_the_aws_cli(self):
        script = ROOT / "fixtures" / "scripts" / "shapes" / "force-latest.sh"
        run = Run(f"exec {script}", "--seed-state", "refcard-01", "--seeds", "20")
        self.assertEqual(run.status, 0, run.said())
        inside, whole = run.verdict["emulatorSeconds"], run.verdict["wholeSeconds"]
        self.assertLess(inside, 5)
        print(f"the exercise: {inside:.2f} s in the emulator, of {whole:.1f} s in all")
        percentiles = run.verdict["percentiles"]
        self.assertEqual(percentiles["outcomes"], {"COMPLETED": 20})
        both = percentiles["measures"]["both_versions"]
        self.assertLess(both["least"], both["most"])
        measured = run.verdict["deployments"][0]["bothVersions"]["seconds"]
        self.assertTrue(both["least"] - 15 <= measured <= both["most"] + 15, (both, measured))


class Docker(unittest.TestCase):
    def refused(self, script, *words):
        run = Run(script)
        self.assertNotEqual(run.status, 0, run.said())
        for word in words:
            self.assertIn(word, run.said())

    def test_refusals(self):
        self.refused("docker swarm init", "does not have docker swarm")
        self.refused("docker run --gpus all x", "the option --gpus of docker run")
        self.refused("docker login -u me -p x docker.io", "no registry but ECR", "docker.io")
        self.refused("docker push nginx", "no registry but ECR")
        self.refused("echo 'FORM x' | docker build -", "unknown instruction: FORM")
        self.refused("docker tag nothing other", "No such image: nothing:latest")

    def test_pushes_as_the_registry_allows(self):
        build = f"echo 'FROM alpine' | docker build -q -t {REGISTRY}/web -"
        self.refused(f"{build}; docker push {REGISTRY}/web", "no basic auth credentials")
        self.refused(f"{LOGIN}; docker push {REGISTRY}/none:1",
                     "An image does not exist locally with the tag")
        self.refused(f"{LOGIN}; {build}; docker push {REGISTRY}/web",
                     "name unknown: The repository with name 'web' does not exist")
        self.refused(f"docker login -u AWS -p wrong {REGISTRY}", "400 Bad Request")

    def test_the_same_folder_is_the_same_image(self):
        run = Run("""
            mkdir app; printf 'FROM alpine\\nCOPY . /\\n' > app/Dockerfile; echo 1 > app/a
            docker build -q app; touch -d yesterday app/a; docker build -q app
            echo 2 > app/a; docker build -q app""")
        ids = run.out.split()[:3]
        self.assertEqual(ids[0], ids[1])
        self.assertNotEqual(ids[0], ids[2])

    def test_containers(self):
        run = Run("""
            printf 'FROM alpine\\nLABEL org.opencontainers.image.version=v9\\nEXPOSE 80\\n' \\
                | docker build -q -t page - > /dev/null
            id=$(docker run -d --name right -p 18092:80 page)
            docker run -d --name wrong -p 18093:81 page > /dev/null
            curl -s http://127.0.0.1:18092/ | grep -o 'version v9'
            curl -s http://127.0.0.1:18093/ || echo "cut off"
            docker ps --format '{{.Names}} {{.Ports}}'
            docker inspect -f '{{.State.Running}}' "$id"
            docker logs right
            docker rm -f right wrong > /dev/null
            docker ps -q""")
        self.assertEqual(run.status, 0, run.said())
        self.assertEqual(
            run.out.split("\n\n")[0].splitlines(),
            ["version v9", "version v9", "cut off", "right 0.0.0.0:18092->80/tcp",
             "wrong 0.0.0.0:18093->81/tcp", "true", "GET / answered"])

    def test_pull_knows_what_was_pushed(self):
        run = Run(f"""
            {LOGIN} > /dev/null
            aws ecr create-repository --repository-name web > /dev/null
            printf 'FROM alpine\\nLABEL org.opencontainers.image.version=v3\\n' \\
                | docker build -q -t {REGISTRY}/web:1 - > /dev/null
            docker push {REGISTRY}/web:1 | grep digest
            docker rmi {REGISTRY}/web:1 > /dev/null
            docker pull {REGISTRY}/web:1 | grep Digest
            docker inspect -f '{{{{index .Config.Labels "org.opencontainers.image.version"}}}}' \\
                {REGISTRY}/web:1
            aws ecr create-repository --repository-name production > /dev/null
            docker tag {REGISTRY}/web:1 {REGISTRY}/production:stable
            docker push {REGISTRY}/production:stable | grep digest
            aws ecr describe-images --repository-name production --query \\
                'imageDetails[0].imageDigest' --output text""")
        self.assertEqual(run.status, 0, run.said())
        digests = re.findall("sha256:[0-9a-f]{64}", run.out)
        self.assertEqual(len(digests), 4)
        self.assertEqual(set(digests), {digests[0]})
        self.assertIn("\nv3\n", run.out)

    def test_others_pull_what_was_pushed(self):
        files = {"app/server.js": "listen(80)", "app/" + 40 * "deep/" + "end": "far", "run": "#!"}
        for name, text in files.items():
            self.assertLess(len(name), 250)
        make = "".join(
            f"mkdir -p $(dirname context/{name}); printf '{text}' > context/{name}\n"
            for name, text in files.items())
        run = Run(f"""
            {make}
            chmod +x context/run
            printf '%s\\n' 'FROM alpine' 'RUN apk add nodejs' 'WORKDIR /srv' 'COPY . .' \\
                > context/Dockerfile
            printf '%s\\n' Dockerfile .dockerignore > context/.dockerignore
            {LOGIN} > /dev/null
            aws ecr create-repository --repository-name web > /dev/null
            docker build -q -t {REGISTRY}/web:1 context > /dev/null
            docker push {REGISTRY}/web:1 > /dev/null
            docker push {REGISTRY}/web:1 > /dev/null
            aws ecr describe-images --repository-name web --query \\
                'imageDetails[0].imageSizeInBytes' --output text > size
            get() {{
                curl -sfL -u "AWS:$(aws ecr get-login-password)" "$AWS_ENDPOINT_URL/v2/web/$1"
            }}
            get manifests/1 > manifest
            for digest in $(jq -r '.config.digest, .layers[].digest' manifest); do
                get blobs/$digest > blob
                echo "$digest $(sha256sum < blob | cut -d ' ' -f 1) $(stat -c %s blob)" >> blobs
            done
            tar --list --verbose --numeric-owner --utc --file blob > listed
            tar --extract --to-stdout --file blob srv/app/server.js > server.js
            if command -v skopeo > /dev/null; then
                skopeo copy -q --src-tls-verify=false --insecure-policy --src-creds \\
                    "AWS:$(aws ecr get-login-password)" \\
                    "docker://${{AWS_ENDPOINT_URL#http://}}/web:1" dir:out
                cmp out/manifest.json manifest
                echo "skopeo copied it"
            else
                echo "Left out: skopeo is not on this machine."
            fi""")
        self.assertEqual(run.status, 0, run.said())
        print(next(line for line in run.out.splitlines() if "skopeo" in line))
        manifest = json.loads(run.files["manifest"])
        blobs = [line.split() for line in run.files["blobs"].splitlines()]
        self.assertEqual(len(blobs), 4)
        for digest, found, _ in blobs:
            self.assertEqual(digest, f"sha256:{found}")
        self.assertEqual([int(size) for *_, size in blobs],
                         [part["size"] for part in (manifest["config"], *manifest["layers"])])
        listed = [line.split() for line in run.files["listed"].splitlines()]
        self.assertEqual({one[-1] for one in listed}, {f"srv/{name}" for name in files})
        self.assertEqual({one[0] for one in listed if one[-1] == "srv/run"}, {"-rwxr-xr-x"})
        self.assertEqual({(one[1], one[3]) for one in listed}, {("0/0", "1970-01-01")})
        self.assertEqual(run.files["server.js"], "listen(80)")
        # What the base image and the RUN would have brought counts, though it is not there.
        self.assertGreater(int(run.files["size"]), 12 << 20)

    def test_a_real_engine_pushes_to_the_emulator(self):
        engine = DockerEngine()
        self.addCleanup(engine.stop)
        run = Run(f"""
            mkdir context
            echo hello > context/hello
            printf '%s\\n' 'FROM scratch' 'COPY hello /hello' 'CMD ["/hello"]' \\
                'LABEL org.opencontainers.image.version=v2 drydock.boot=2' > context/Dockerfile
            {LOGIN}
            docker build -q -t {REGISTRY}/{REPOSITORY}:latest context
            docker push {REGISTRY}/{REPOSITORY}:latest
            docker rmi {REGISTRY}/{REPOSITORY}:latest > /dev/null
            docker pull -q {REGISTRY}/{REPOSITORY}:latest
            aws ecr describe-images --repository-name {REPOSITORY} --image-ids imageTag=latest \\
                --query 'imageDetails[0].imageDigest' --output text > digest
            aws ecs update-service --cluster ref-card --service ref-card-01 \\
                --force-new-deployment > /dev/null
            aws ecs wait services-stable --cluster ref-card --services ref-card-01""",
                  "--seed-state", "refcard-01", "--docker", "real",
                  env={"DOCKER_HOST": engine.host, "DOCKER_BUILDKIT": "0", "HOME": engine.place})
        self.assertEqual(run.status, 0, run.said())
        self.assertIn("Login Succeeded", run.out)
        self.assertIn(f"digest: {run.files['digest'].strip()}", run.out)
        self.assertNotIn("cannot reach the registry", run.err)
        deployment, = run.verdict["deployments"]
        self.assertEqual(deployment["outcome"], "COMPLETED")
        self.assertGreater(deployment["bothVersions"]["seconds"], 0)
        self.assertEqual(run.verdict["findings"], [])
        self.assertEqual(run.verdict["elsewhere"], [])

    def test_the_engine_gets_the_emulators_address(self):
        with tempfile.TemporaryDirectory() as folder:
            engine = Path(folder, "docker")
            engine.write_text("#!/bin/sh\necho engine \"$@\"\n")
            engine.chmod(0o755)
            env = {"PATH": f"{folder}:{os.environ['PATH']}", "DOCKER_HOST": "tcp://10.0.0.7:2375"}
            run = Run(f"docker push {REGISTRY}/web:1", "--docker", "real", env=env)
        self.assertRegex(run.out, r"engine push localhost:\d+/web:1\n")
        self.assertIn("cannot reach the registry", run.err)


if __name__ == "__main__":
    unittest.main()
