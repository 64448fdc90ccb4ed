"""Waiters and paginators of botocore, against a clock that goes on demand."""

import re
import time
import unittest
from pathlib import Path

import botocore.exceptions
import botocore.session

from drydock import ROOT, Server, Site

# Every waiter of an operation that Drydock has, and the test of it.
COVERED = {
    "ecr ImageScanComplete", "ecr LifecyclePolicyPreviewComplete",
    "ecs ServicesStable", "ecs ServicesInactive", "ecs TasksRunning", "ecs TasksStopped",
    "elbv2 LoadBalancerExists", "elbv2 LoadBalancerAvailable", "elbv2 LoadBalancersDeleted",
    "elbv2 TargetInService", "elbv2 TargetDeregistered",
    "ec2 NatGatewayAvailable", "ec2 NatGatewayDeleted", "ec2 NetworkInterfaceAvailable",
    "ec2 InternetGatewayExists", "ec2 SecurityGroupExists", "ec2 SubnetAvailable",
    "ec2 VpcAvailable", "ec2 VpcExists", "iam InstanceProfileExists", "iam UserExists",
    "iam RoleExists", "iam PolicyExists",
}
POLICY = """{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged",
    "countType": "imageCountMoreThan", "countNumber": 5}, "action": {"type": "expire"}}]}"""
SERVICES = {"ecs": "ECS", "ecr": "ECR", "elbv2": "ELBv2", "ec2": "EC2", "iam": "IAM",
            "sts": "STS", "logs": "CloudWatchLogs"}


def handled(service):
    """The operations that Drydock carries out, as the sources say."""
    pattern = re.compile(r"^extension " + SERVICES[service] + r"\.(\w+): Handled", re.MULTILINE)
    return {name for path in (ROOT / "Sources" / "Cloud").rglob("*.swift")
            for name in pattern.findall(path.read_text())}


def defined(service):
    """The waiters of those operations, by name."""
    models = botocore.session.get_session().get_component("data_loader")
    try:
        waiters = models.load_service_model(service, "waiters-2")["waiters"]
    except botocore.exceptions.UnknownServiceError:
        return {}
    return {name: waiter for name, waiter in waiters.items()
            if waiter["operation"] in handled(service)}


class Waiters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--clock", "demand")
        cls.site = Site(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def wait(self, client, name, polls=1, **arguments):
        """Waits, without the pause between two questions; says how often it asked."""
        asked = []
        client.meta.events.register(
            "before-send", lambda **_: asked.append(1), unique_id="count")
        waiter = client.get_waiter(name)
        waiter.config.delay = 0
        try:
            waiter.wait(**arguments)
        finally:
            client.meta.events.unregister("before-send", unique_id="count")
        self.assertLessEqual(len(asked), polls, name)

    def test_all_are_covered(self):
        names = {f"{service} {name}" for service in SERVICES for name in defined(service)}
        self.assertEqual(names, COVERED & names)
        table = (ROOT / "Sources" / "Server" / "Clock" / "Waiter+All.swift").read_text()
        for service in SERVICES:
            for name, waiter in defined(service).items():
                self.assertIn(f'"{name}"', table)
                # `exists` in the table writes the service by itself.
                call = f"{service} {waiter['operation']}"
                self.assertTrue(f'"{call}"' in table or f'"{waiter["operation"]}"' in table, call)

    def test_ecs_and_elbv2(self):
        site = self.site
        ecs, elbv2 = site.ecs, site.elbv2
        site.push("v1")
        site.network()
        site.balance()
        self.wait(elbv2, "load_balancer_available", LoadBalancerArns=[site.balancer])
        self.wait(elbv2, "load_balancer_exists", LoadBalancerArns=[site.balancer])
        site.register()
        site.serve()
        in_cluster = {"cluster": site.name, "services": [site.name]}
        self.wait(ecs, "services_stable", **in_cluster)
        self.wait(elbv2, "target_in_service", TargetGroupArn=site.target_group)
        site.update(forceNewDeployment=True)
        self.wait(ecs, "services_stable", **in_cluster)

        started = ecs.run_task(
            cluster=site.name, taskDefinition=site.name, launchType="FARGATE",
            networkConfiguration=site.in_network())["tasks"][0]["taskArn"]
        self.wait(ecs, "tasks_running", cluster=site.name, tasks=[started])
        ecs.stop_task(cluster=site.name, task=started)
        # The first answer may be meant for a waiter for RUNNING; the second is not.
        self.wait(ecs, "tasks_stopped", polls=2, cluster=site.name, tasks=[started])

        targets = elbv2.describe_target_health(TargetGroupArn=site.target_group)
        target = targets["TargetHealthDescriptions"][0]["Target"]
        site.update(desiredCount=0)
        self.wait(
            elbv2, "target_deregistered", polls=2, TargetGroupArn=site.target_group,
            Targets=[{"Id": target["Id"], "Port": target["Port"]}])
        self.wait(ecs, "services_stable", **in_cluster)
        ecs.delete_service(cluster=site.name, service=site.name)
        self.wait(ecs, "services_inactive", polls=2, **in_cluster)
        elbv2.delete_load_balancer(LoadBalancerArn=site.balancer)
        self.wait(elbv2, "load_balancers_deleted", LoadBalancerArns=[site.balancer])

    def test_ecr(self):
        site = Site(self.server, "scanned")
        site.push("v1")
        image = {"repositoryName": site.name, "imageId": {"imageTag": "latest"}}
        site.ecr.start_image_scan(**image)
        self.wait(site.ecr, "image_scan_complete", **image)
        site.ecr.start_lifecycle_policy_preview(
            repositoryName=site.name, lifecyclePolicyText=POLICY)
        self.wait(
            site.ecr, "lifecycle_policy_preview_complete", repositoryName=site.name)

    def test_a_waiter_that_fails(self):
        with self.assertRaisesRegex(botocore.exceptions.WaiterError, "MISSING"):
            self.site.ecs.create_cluster(clusterName="empty")
            self.wait(self.site.ecs, "services_stable", cluster="empty", services=["nobody"])

    def test_ec2(self):
        ec2 = self.site.ec2
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.wait(ec2, "vpc_exists", VpcIds=[vpc])
        self.wait(ec2, "vpc_available", VpcIds=[vpc])
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
        self.wait(ec2, "subnet_available", SubnetIds=[subnet])
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.wait(ec2, "internet_gateway_exists", InternetGatewayIds=[gateway])
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        group = ec2.create_security_group(GroupName="a", Description="a", VpcId=vpc)["GroupId"]
        self.wait(ec2, "security_group_exists", GroupIds=[group])
        interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]
        self.wait(ec2, "network_interface_available",
                  NetworkInterfaceIds=[interface["NetworkInterfaceId"]])
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(
            SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
        self.wait(ec2, "nat_gateway_available", NatGatewayIds=[nat])
        ec2.delete_nat_gateway(NatGatewayId=nat)
        self.wait(ec2, "nat_gateway_deleted", NatGatewayIds=[nat])

    def test_iam(self):
        iam = self.site.iam
        iam.create_role(RoleName="a", AssumeRolePolicyDocument="""{"Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                           "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}""")
        self.wait(iam, "role_exists", RoleName="a")
        iam.create_instance_profile(InstanceProfileName="a")
        self.wait(iam, "instance_profile_exists", InstanceProfileName="a")
        policy = iam.create_policy(PolicyName="a", PolicyDocument="""{"Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""")["Policy"]
        self.wait(iam, "policy_exists", PolicyArn=policy["Arn"])
        try:
            self.wait(iam, "user_exists", polls=20)
        except (botocore.exceptions.WaiterError, botocore.exceptions.ParamValidationError) as no:
            # There are no users here but the one who asks.
            self.assertIsNotNone(no)


class Clock(unittest.TestCase):
    """What moves a clock on demand, and what does not."""

    def test_only_a_repeated_question_moves_it(self):
        with Server("--clock", "demand", "--speed", "0") as server:
            ec2 = server.client("ec2")
            now = lambda: server.control("clock")["now"]
            subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
            self.assertEqual(now(), 0)
            address = ec2.allocate_address(Domain="vpc")["AllocationId"]
            nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
            ask = lambda: ec2.describe_nat_gateways(
                NatGatewayIds=[nat["NatGatewayId"]])["NatGateways"][0]["State"]
            self.assertEqual(ask(), "pending")
            self.assertEqual(now(), 0)
            # Another question, and one by somebody else, are first ones.
            ec2.describe_vpcs()
            other = server.client("ec2", key="other")
            other.describe_nat_gateways(NatGatewayIds=[nat["NatGatewayId"]])
            self.assertEqual(now(), 0)
            # After a change it is a first question again.
            ec2.create_tags(Resources=[subnet], Tags=[{"Key": "a", "Value": "b"}])
            self.assertEqual(ask(), "pending")
            self.assertEqual(now(), 0)
            # Asked twice: to the change, sixty seconds at most at a time.
            states = [ask(), ask()]
            self.assertIn("available", states)
            self.assertLessEqual(now(), 90)
            before = now()
            ask()
            ask()
            # Nothing is pending any more: there is nothing to wait for.
            self.assertEqual(now(), before)

    def test_manual_stands_still(self):
        with Server("--clock", "manual") as server:
            ec2 = server.client("ec2")
            for _ in range(3):
                ec2.describe_vpcs()
            self.assertEqual(server.control("clock")["now"], 0)
            self.assertEqual(server.advance(12.5)["now"], 12.5)

    def test_real_goes_at_its_speed_and_sleeps(self):
        with Server("--clock", "real", "--speed", "100") as server:
            before = server.control("clock")["now"]
            began = time.monotonic()
            while server.control("clock")["now"] < before + 50:
                self.assertLess(time.monotonic() - began, 10)
            self.assertGreater(time.monotonic() - began, 0.3)
            server.control("clock", {"pause": True})
            stands = server.control("clock")["now"]
            self.assertEqual(server.control("clock")["now"], stands)
            server.control("clock", {"pause": False, "speed": 1})
            used = self.ticks(server)
            time.sleep(1)
            # At most a tenth of a second of work in one second without any.
            self.assertLessEqual(self.ticks(server) - used, 10)

    @staticmethod
    def ticks(server):
        """Hundredths of a second that the server has worked so far."""
        fields = Path(f"/proc/{server.process.pid}/stat").read_text().split()
        return sum(map(int, fields[13:15]))


class Paginators(unittest.TestCase):
    """Every paginator goes through what there is to its end, two at a time, and repeats nothing."""

    SIZE = 2

    @classmethod
    def setUpClass(cls):
        cls.server = Server("--clock", "manual")
        cls.site = site = Site(cls.server, "a0")
        for number in range(1, 5):
            name = f"a{number}"
            site.ecr.create_repository(repositoryName=name)
            site.ecs.create_cluster(clusterName=name)
            site.logs.create_log_group(logGroupName=name)
            site.iam.create_role(RoleName=name, AssumeRolePolicyDocument="""{
                "Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}""")
            site.iam.create_instance_profile(InstanceProfileName=name)
        cls.role = site.iam.get_role(RoleName="a1")["Role"]["Arn"]
        site.ecr.start_lifecycle_policy_preview(
            repositoryName="a0", lifecyclePolicyText=POLICY)
        site.network()
        site.balance()
        for _ in range(4):
            site.register()
        cls.policy = site.iam.create_policy(PolicyName="a1", PolicyDocument="""{
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*",
            "Resource": "*"}]}""")["Policy"]["Arn"]

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def arguments(self, operation, model):
        """What an operation needs, from what there is."""
        site = self.site
        known = {
            "repositoryName": "a0", "cluster": "a1", "RoleName": "a1", "logGroupName": "a1",
            "LoadBalancerArn": site.balancer, "ListenerArn": site.listener,
            "PolicyArn": self.policy, "InstanceProfileName": "a1",
            "TargetGroupArn": site.target_group, "VpcId": site.vpc, "namespace": "n1",
            "targetType": "container-instance", "imageId": {"imageTag": "latest"},
            "PolicySourceArn": self.role, "ActionNames": [
                "ecs:ListTasks", "ecr:GetAuthorizationToken", "ec2:DescribeVpcs"],
        }
        required = list(model.input_shape.required_members) if model.input_shape else []
        required += {
            "DescribeRules": ["ListenerArn"], "DescribeListeners": ["LoadBalancerArn"],
            "ListServices": ["cluster"], "ListTasks": ["cluster"],
            "ListContainerInstances": ["cluster"], "ListAttributes": ["cluster"],
            "DescribeLogStreams": ["logGroupName"], "FilterLogEvents": ["logGroupName"],
        }.get(operation, [])
        return {name: known[name] for name in required}

    def test_all(self):
        done = []
        for service in SERVICES:
            client = self.server.client(service)
            ours = handled(service)
            for operation in sorted(ours):
                method = re.sub(r"(?<!^)(?=[A-Z][a-z])|(?<=[a-z0-9])(?=[A-Z])", "_", operation)
                if not client.can_paginate(method.lower()):
                    continue
                model = client.meta.service_model.operation_model(operation)
                arguments = self.arguments(operation, model)
                with self.subTest(f"{service} {operation}"):
                    self.walk(client, method.lower(), arguments)
                    done.append(operation)
        self.assertGreater(len(done), 35)

    def walk(self, client, method, arguments):
        paginator = client.get_paginator(method)
        keys = [expression.expression for expression in paginator.result_keys]
        try:
            whole = paginator.paginate(**arguments).build_full_result()
        except client.exceptions.ClientError as error:
            # Nothing of it was made: no dry run, no scanned image, no namespace.
            self.assertRegex(str(error), "(Preview|Scan|Image|Namespace)NotFound")
            return
        size = self.SIZE if paginator._limit_key else None
        config = {"PageSize": size} if size else {}
        try:
            parts = list(paginator.paginate(PaginationConfig=config, **arguments))
        except (client.exceptions.ClientError, botocore.exceptions.ParamValidationError):
            # EC2 wants five at least.
            config = {"PageSize": 5}
            parts = list(paginator.paginate(PaginationConfig=config, **arguments))
        for key in keys:
            items = [item for page in parts for item in (page.get(key) or [])
                     if isinstance(page.get(key), list)]
            self.assertEqual(items, whole.get(key, []) if items else items, key)
            if items:
                self.assertEqual(len(items), len(whole[key]), key)


if __name__ == "__main__":
    unittest.main()
