"""An engine of Docker's for a test, without a network of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path


class DockerEngine:
    """A `dockerd` that belongs to the test, until it is stopped.

    Where none can run the test is passed over, and says why.
    """

    def __init__(self):
        for program in "dockerd", "docker":
            if shutil.which(program) is None:
                raise unittest.SkipTest(f"{program} is not on this machine")
        if os.geteuid() != 0:
            raise unittest.SkipTest("dockerd needs root")
        self.place = tempfile.mkdtemp(prefix="drydock-engine-")
        self.host = f"unix://{self.place}/docker.sock"
        # One after the other: the first needs a file system that it can lie on.
        if not self.starts("overlay2") and not self.starts("vfs"):
            said = Path(self.place, "log").read_text().splitlines() or ["nothing"]
            self.stop()
            raise unittest.SkipTest(f"dockerd does not start here; it says: {said[-1]}")

    def starts(self, driver):
        with open(f"{self.place}/log", "w") as log:
            self.process = subprocess.Popen(
                ["dockerd", "--data-root", f"{self.place}/data", "--exec-root",
                 f"{self.place}/exec", "--pidfile", f"{self.place}/pid", "--host", self.host,
                 "--iptables=false", "--bridge=none", "--storage-driver", driver],
                stdout=log, stderr=log, env={**os.environ, "HOME": self.place})
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            asked = subprocess.run(
                ["docker", "version"], env={**os.environ, "DOCKER_HOST": self.host},
                capture_output=True)
            if asked.returncode == 0:
                return True
            time.sleep(0.1)
        self.end()
        return False

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self.end()
        shutil.rmtree(self.place, ignore_errors=True)
