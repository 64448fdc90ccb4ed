"""One rolling deployment of an ECS service as a fixed SimPy model: a peer for Drydock's benchmark.

Written once; unchanged afterwards, so that figures stay comparable.

    pip install simpy            # SimPy 4
    python refcard_simpy.py --runs N --seed S

prints two lines:

    deployments_per_second events_per_deployment
    first_new=... last_old=... both=... completed=... old=... new=... failed=...

The speed is that of the best of three rounds of N deployments, run one after the other in one
process on a plain `simpy.Environment`. Events are counted afterwards, untimed, as steps of the
environment over the same N deployments. The second line is the mean over the N deployments:
virtual seconds since the deployment was forced until the client first hears the new version, last
hears the old one, how long it can hear both (last_old - first_new), when the deployment completes;
then how many of its 600 requests each version answered, and how many failed.

The story, from virtual second 0 to 600: a service with desired count 1 and 100/200 percent on
Fargate behind an Application Load Balancer with two nodes. Task v1 runs and is healthy; at 0 a new
deployment is forced. The scheduler starts v2, registers it when it runs, counts it once it is
healthy and has run for 40 s, then stops v1, which leaves the balancer, drains, exits and is
released. A client asks once a second, at 0, 1, ... 599.

Deployment k of a run draws everything from one `random.Random(S + k)`.
"""

import argparse
import random
import statistics
import time

import simpy

# Seconds, with the reason. Numbers in brackets are rules of Drydock's fact sheet on ECS; what was
# "observed" there was seen in real accounts, "assumed" is a choice that fits what was seen.

HORIZON = 600                   # long enough for the slowest deployment (about 200 s), then steady
PROBE_INTERVAL = 1              # a client that looks once a second, as a reachability meter does

FIRST_ACTION = (3, 17.5)        # call -> first action of the scheduler; observed (13.9)
TICK = 10                       # cadence of the scheduler while it has work; observed (13.8)
TICK_JITTER = (-0.25, 0.40, 0.05)   # low, high, mode of what is added to it; observed (13.8)
MINIMUM_RUNNING = 40            # RUNNING that long before it counts; documented (14.1), seen (14.5)

PROVISIONING = (10, 18)         # Fargate capacity and network interface; observed (34)
PULL_FIXED = (1.5, 3.5)         # the part of a pull that does not depend on size; observed (34)
PULL_RATE = (24, 30)            # MiB per second, unpacking included; observed (9.9, 34)
IMAGE_MIB = 180                 # of the scenario: a middling application image, compressed
START = (2, 3)                  # pull end -> RUNNING; observed (34)
BOOT = 32                       # of the scenario: RUNNING -> answers, a slow-starting application

NODES = 2                       # of the scenario: one balancer node in each of two zones
CHECK_INTERVAL = 10             # of the scenario: health check interval of the target group
FIRST_CHECK = (0.5, 3)          # registration -> first check, per node; observed (14.4)
PROPAGATION = (0, 10)           # deregistration -> a node knows of it, per node; assumed (35.9)

DRAIN = 30                      # of the scenario: deregistration delay of the target group
DRAIN_NOTICE = (0, 10)          # ECS notices the end of the drain that much later; assumed (34)
DRAIN_STRETCH = (0, 0.17)       # share of the delay it lasts longer than set; observed (34)
EXIT = 0.5                      # of the scenario: SIGTERM -> the application has exited
EXIT_NOTICE = (9, 13)           # exit -> ECS knows that the containers stopped; observed (10.7b)
RELEASE = (10, 24)              # containers stopped -> STOPPED, interface removed; observed (34)


class Task:
    """One task, old or new; `life` is its process."""

    def __init__(self, env, rng, version):
        self.env = env
        self.rng = rng
        self.version = version
        self.status = None
        self.running_since = None
        self.answers = False
        self.registered = False
        self.deregistered = env.event()
        self.containers_exited = False

    def life(self):
        yield from self.start()
        yield from self.serve()

    def start(self):
        env, rng = self.env, self.rng
        self.status = "PROVISIONING"
        yield env.timeout(rng.uniform(*PROVISIONING))
        self.status = "PENDING"
        yield env.timeout(rng.uniform(*PULL_FIXED) + IMAGE_MIB / rng.uniform(*PULL_RATE))
        self.status = "ACTIVATING"
        yield env.timeout(rng.uniform(*START))
        self.status = "RUNNING"
        self.running_since = env.now
        yield env.timeout(BOOT)
        self.answers = True

    def serve(self):
        """From answering to STOPPED. An old task begins here."""
        env, rng = self.env, self.rng
        yield self.deregistered
        stretch = DRAIN * rng.uniform(*DRAIN_STRETCH)
        yield env.timeout(DRAIN + rng.uniform(*DRAIN_NOTICE) + stretch)
        self.status = "STOPPING"
        yield env.timeout(EXIT)
        self.answers = False
        yield env.timeout(rng.uniform(*EXIT_NOTICE))
        self.status = "DEPROVISIONING"
        self.containers_exited = True
        yield env.timeout(rng.uniform(*RELEASE))
        self.status = "STOPPED"


class Node:
    """One node of the load balancer, with its own view of who is there and who is healthy."""

    def __init__(self, env, rng):
        self.env = env
        self.rng = rng
        self.targets = []
        self.healthy = set()
        self.turn = 0

    def register(self, task, first_check):
        self.targets.append(task)
        self.env.process(self.check(task, first_check))

    def check(self, task, first_check):
        """Checks one target until the node has heard that it left. One pass makes it healthy."""
        yield self.env.timeout(first_check)
        while task in self.targets:
            if task.answers:
                self.healthy.add(task)
            yield self.env.timeout(CHECK_INTERVAL)

    def deregister(self, task):
        yield self.env.timeout(self.rng.uniform(*PROPAGATION))
        self.targets.remove(task)
        self.healthy.discard(task)

    def choose(self):
        """Round robin over the healthy targets, in the order they were registered."""
        candidates = [task for task in self.targets if task in self.healthy]
        if not candidates:
            return None
        self.turn += 1
        return candidates[self.turn % len(candidates)]


class Deployment:
    """The service, its scheduler, its balancer and its client during one forced deployment."""

    def __init__(self, env, rng):
        self.env = env
        self.rng = rng
        self.old = Task(env, rng, "old")
        self.new = Task(env, rng, "new")
        self.nodes = [Node(env, rng) for _ in range(NODES)]
        self.completed = None
        self.answers = {"old": 0, "new": 0}
        self.failed = 0
        self.first_new = None
        self.last_old = None

        self.old.status = "RUNNING"
        self.old.answers = True
        for node in self.nodes:
            node.register(self.old, first_check=rng.uniform(0, CHECK_INTERVAL))
            node.healthy.add(self.old)
        env.process(self.old.serve())
        env.process(self.schedule())
        env.process(self.probe())

    def schedule(self):
        """The scheduler: a first action, then a look every ten seconds until it is done."""
        env, rng = self.env, self.rng
        yield env.timeout(rng.uniform(*FIRST_ACTION))
        env.process(self.new.life())
        while self.completed is None:
            yield env.timeout(TICK + rng.triangular(*TICK_JITTER))
            self.tick()

    def tick(self):
        """One look of the scheduler. Each step of the deployment takes a tick of its own."""
        old, new = self.old, self.new
        if not new.registered:
            if new.status == "RUNNING":
                new.registered = True
                for node in self.nodes:
                    node.register(new, first_check=self.rng.uniform(*FIRST_CHECK))
        elif old.status == "RUNNING":
            if self.counts(new):
                old.status = "DEACTIVATING"
        elif not old.deregistered.triggered:
            old.deregistered.succeed()
            for node in self.nodes:
                self.env.process(node.deregister(old))
        elif old.containers_exited:
            self.completed = self.env.now

    def counts(self, task):
        return (self.env.now - task.running_since >= MINIMUM_RUNNING
                and all(task in node.healthy for node in self.nodes))

    def probe(self):
        """The client: one request a second, to each node in turn."""
        env = self.env
        request = 0
        while True:
            task = self.nodes[request % NODES].choose()
            if task is None or not task.answers:
                self.failed += 1
            else:
                self.answers[task.version] += 1
                if task is self.old:
                    self.last_old = env.now
                elif self.first_new is None:
                    self.first_new = env.now
            request += 1
            yield env.timeout(PROBE_INTERVAL)

    def measured(self):
        return {
            "first_new": self.first_new,
            "last_old": self.last_old,
            "both": max(0, self.last_old - self.first_new),
            "completed": self.completed,
            "old": self.answers["old"],
            "new": self.answers["new"],
            "failed": self.failed,
        }


class CountingEnvironment(simpy.Environment):
    """Counts its steps. Used for counting only, never while the clock runs."""

    steps = 0

    def step(self):
        self.steps += 1
        super().step()


def deploy(env, seed):
    deployment = Deployment(env, random.Random(seed))
    env.run(until=HORIZON)
    return deployment.measured()


def main():
    parser = argparse.ArgumentParser(description="Deployments per second of a fixed SimPy model.")
    parser.add_argument("--runs", type=int, default=1000, help="deployments per round")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first deployment")
    arguments = parser.parse_args()
    seeds = range(arguments.seed, arguments.seed + arguments.runs)

    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        results = [deploy(simpy.Environment(), seed) for seed in seeds]
        best = min(best, time.perf_counter() - start)

    steps = 0
    for seed, result in zip(seeds, results):
        env = CountingEnvironment()
        if deploy(env, seed) != result:
            raise SystemExit(f"seed {seed}: the counted deployment differs from the timed one")
        steps += env.steps

    print(f"{len(results) / best:.1f} {steps / len(results):.1f}")
    print(" ".join(
        f"{name}={statistics.fmean(result[name] for result in results):.2f}"
        for name in results[0]))


if __name__ == "__main__":
    main()
