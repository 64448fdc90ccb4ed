"""What each server answers at each step of a rolling deployment, side by side."""

import argparse
import sys

from serve import BIN, Server


class Story:
    """The same steps for every server; each gives back a short answer."""

    def __init__(self, server):
        self.server = server
        self.ecs, self.ec2, self.elbv2 = map(server.client, ["ecs", "ec2", "elbv2"])

    def cluster(self):
        self.ecs.create_cluster(clusterName="web")
        for version in ("1", "2"):
            self.ecs.register_task_definition(
                family="web", networkMode="awsvpc", requiresCompatibilities=["FARGATE"],
                cpu="256", memory="512", containerDefinitions=[{
                    "name": "app", "image": f"docker.io/library/nginx:{version}",
                    "essential": True, "portMappings": [{"containerPort": 8080}]}])
        return "web:2"

    def balancer(self):
        subnets = self.ec2.describe_subnets()["Subnets"][:2]
        self.subnets = [subnet["SubnetId"] for subnet in subnets]
        vpc = subnets[0]["VpcId"]
        self.security = self.ec2.create_security_group(
            GroupName="web", Description="web", VpcId=vpc)["GroupId"]
        self.ec2.authorize_security_group_ingress(
            GroupId=self.security, IpProtocol="tcp", FromPort=80, ToPort=8080,
            CidrIp="0.0.0.0/0")
        made = self.elbv2.create_load_balancer(
            Name="web", Subnets=self.subnets, SecurityGroups=[self.security])
        balancer = made["LoadBalancers"][0]
        self.balancer_arn = balancer["LoadBalancerArn"]
        self.group = self.elbv2.create_target_group(
            Name="web", Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip",
        )["TargetGroups"][0]["TargetGroupArn"]
        self.elbv2.create_listener(
            LoadBalancerArn=self.balancer_arn, Protocol="HTTP", Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.group}])
        return balancer["State"]["Code"]

    def wait_balancer(self):
        return self.wait(self.elbv2, "load_balancer_available",
                         LoadBalancerArns=[self.balancer_arn])

    def service(self):
        made = self.ecs.create_service(
            cluster="web", serviceName="web", taskDefinition="web:1", desiredCount=2,
            launchType="FARGATE", networkConfiguration={"awsvpcConfiguration": {
                "subnets": self.subnets, "securityGroups": [self.security],
                "assignPublicIp": "ENABLED"}},
            loadBalancers=[{"targetGroupArn": self.group, "containerName": "app",
                            "containerPort": 8080}])
        return self.counts(made["service"])

    def wait_service(self):
        return self.wait(self.ecs, "services_stable", cluster="web", services=["web"])

    def tasks(self):
        arns = self.ecs.list_tasks(cluster="web", serviceName="web")["taskArns"]
        if not arns:
            return "none"
        tasks = self.ecs.describe_tasks(cluster="web", tasks=arns)["tasks"]
        return ", ".join(sorted(f"{task['taskDefinitionArn'].rsplit('/', 1)[1]} "
                                f"{task['lastStatus']}" for task in tasks))

    def targets(self):
        targets = self.elbv2.describe_target_health(TargetGroupArn=self.group)
        states = sorted(one["TargetHealth"]["State"]
                        for one in targets["TargetHealthDescriptions"])
        return ", ".join(states) or "none"

    def update(self):
        made = self.ecs.update_service(
            cluster="web", service="web", taskDefinition="web:2", forceNewDeployment=True)
        return self.counts(made["service"])

    def look(self):
        return self.counts(self.ecs.describe_services(
            cluster="web", services=["web"])["services"][0])

    def events(self):
        service = self.ecs.describe_services(cluster="web", services=["web"])["services"][0]
        events = service.get("events", [])
        return f"{len(events)}; last: {events[0]['message'][:44]}" if events else "none"

    def revisions(self):
        made = self.ecs.list_service_deployments(cluster="web", service="web")
        return ", ".join(one["status"] for one in made["serviceDeployments"]) or "none"

    @staticmethod
    def counts(service):
        deployments = ", ".join(
            f"{one['taskDefinition'].rsplit(':', 1)[1]} {one['status']} "
            f"{one.get('rolloutState', '-')} {one['runningCount']}/{one['desiredCount']}"
            for one in service["deployments"])
        return f"{service['runningCount']} running; {deployments}"

    @staticmethod
    def wait(client, name, **arguments):
        """Asks three times at most, without a pause."""
        waiter = client.get_waiter(name)
        waiter.config.delay, waiter.config.max_attempts = 0, 3
        waiter.wait(**arguments)
        return "content"


STEPS = [
    ("create cluster, two revisions", Story.cluster), ("create load balancer", Story.balancer),
    ("wait load-balancer-available", Story.wait_balancer), ("create service", Story.service),
    ("wait services-stable", Story.wait_service), ("tasks", Story.tasks),
    ("targets", Story.targets), ("update service to web:2", Story.update),
    ("describe service", Story.look), ("tasks", Story.tasks), ("describe it again", Story.look),
    ("tasks", Story.tasks), ("targets", Story.targets),
    ("wait services-stable", Story.wait_service), ("describe service", Story.look),
    ("tasks", Story.tasks), ("targets", Story.targets), ("service events", Story.events),
    ("service deployments", Story.revisions),
]


def play(server):
    story = Story(server)
    answers = []
    for _, step in STEPS:
        try:
            answers.append(step(story))
        except Exception as problem:
            answers.append(f"! {type(problem).__name__}: {problem}")
    return answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--drydock", required=True)
    options = parser.parse_args()
    commands = {
        "Drydock": ([options.drydock, "serve", "--in-memory", "--port", "PORT"], {}),
        "moto": ([BIN / "moto_server", "-p", "PORT"], {}),
        "MiniStack": ([BIN / "ministack"], {"GATEWAY_PORT": "PORT", "MINISTACK_PORT": "PORT"}),
    }
    answers = {}
    for name, (command, environment) in commands.items():
        try:
            server = Server(name, command, environment)
        except RuntimeError as problem:
            print(problem, file=sys.stderr)
            continue
        try:
            answers[name] = play(server)
        finally:
            server.stop()
    for number, (step, _) in enumerate(STEPS):
        print(step)
        for name, said in answers.items():
            print(f"    {name:10} {said[number][:130]}")
    return 0 if "Drydock" in answers else 1


if __name__ == "__main__":
    sys.exit(main())
