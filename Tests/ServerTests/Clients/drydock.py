"""A Drydock server for a test, and what a person would do with it."""

import hashlib
import http.client
import json
import os
import signal
import subprocess
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("DRYDOCK", str(ROOT / ".build" / "debug" / "drydock"))
REGION = "eu-central-1"
TRUST = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                   "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]})


class Server:
    """`drydock serve` on a port of its own, until the end of a `with`; in memory, or in a file."""

    def __init__(self, *options, state=None):
        self.state = state
        kept = ["--state", state] if state else ["--in-memory"]
        command = [PROGRAM, "serve", "--port", "0", *kept, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        ready = self.process.stdout.readline()
        if not ready.startswith("Drydock is ready at http://"):
            raise AssertionError(f"{command} said {ready!r}")
        self.url = ready.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, how=signal.SIGTERM):
        """Ends the server; gives back its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status

    def client(self, service, key="test", **settings):
        config = Config(retries={"total_max_attempts": 1}, proxies={}, **settings)
        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, config=config,
            aws_access_key_id=key, aws_secret_access_key="test")

    def control(self, path, body=None):
        headers = {"Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_drydock/{path}", data, headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request) as answer:
            return json.load(answer)

    def advance(self, seconds):
        return self.control("clock", {"advance": seconds})

    def deployments(self):
        return self.control("deployments")["deployments"]

    def connection(self, timeout=60):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)


class Site:
    """The exercise's network, load balancer and service, with a few things to choose."""

    def __init__(self, server, name="web"):
        self.server = server
        self.name = name
        self.ecr, self.ec2, self.elbv2, self.ecs, self.iam, self.logs = map(
            server.client, ["ecr", "ec2", "elbv2", "ecs", "iam", "logs"])
        self.uri = self.ecr.create_repository(
            repositoryName=name)["repository"]["repositoryUri"]

    # Images

    def push(self, version, tag="latest", **labels):
        """A new image; `boot="20"` is the label `drydock.boot`."""
        labels = {f"drydock.{key}": value for key, value in labels.items()}
        labels["org.opencontainers.image.version"] = version
        config = json.dumps({"architecture": "amd64", "os": "linux",
                             "config": {"Labels": labels}}).encode()
        layer = f"the program, {version} {sorted(labels.items())}".encode()
        digests = [self.upload(part) for part in (config, layer)]
        vendor = "application/vnd.docker"
        manifest = json.dumps({
            "schemaVersion": 2, "mediaType": f"{vendor}.distribution.manifest.v2+json",
            "config": {"mediaType": f"{vendor}.container.image.v1+json", "size": len(config),
                       "digest": digests[0]},
            "layers": [{"mediaType": f"{vendor}.image.rootfs.diff.tar.gzip", "size": len(layer),
                        "digest": digests[1]}]})
        self.ecr.put_image(repositoryName=self.name, imageManifest=manifest, imageTag=tag)

    def upload(self, part):
        digest = "sha256:" + hashlib.sha256(part).hexdigest()
        known = self.ecr.batch_check_layer_availability(
            repositoryName=self.name, layerDigests=[digest])["layers"]
        if known and known[0]["layerAvailability"] == "AVAILABLE":
            return digest
        upload = self.ecr.initiate_layer_upload(repositoryName=self.name)["uploadId"]
        self.ecr.upload_layer_part(
            repositoryName=self.name, uploadId=upload, partFirstByte=0,
            partLastByte=len(part) - 1, layerPartBlob=part)
        self.ecr.complete_layer_upload(
            repositoryName=self.name, uploadId=upload, layerDigests=[digest])
        return digest

    # What stands around the service

    def network(self):
        """The default VPC, whose subnets are public."""
        vpc = self.ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        subnets = self.ec2.describe_subnets(
            Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
        self.vpc = vpc
        self.subnets = [subnet["SubnetId"] for subnet in subnets][:2]
        group = self.ec2.create_security_group(
            GroupName=self.name, Description="Everything from everywhere", VpcId=vpc)
        self.group = group["GroupId"]
        self.ec2.authorize_security_group_ingress(
            GroupId=self.group, IpProtocol="tcp", FromPort=0, ToPort=65535, CidrIp="0.0.0.0/0")

    def balance(self, delay=30, interval=30, healthy=5, cross_zone=None):
        balancer = self.elbv2.create_load_balancer(
            Name=self.name, Subnets=self.subnets, SecurityGroups=[self.group])["LoadBalancers"][0]
        self.balancer, self.dns = balancer["LoadBalancerArn"], balancer["DNSName"]
        self.target_group = self.elbv2.create_target_group(
            Name=self.name, Protocol="HTTP", Port=8080, VpcId=self.vpc, TargetType="ip",
            HealthCheckIntervalSeconds=interval, HealthCheckTimeoutSeconds=min(5, interval - 1),
            HealthyThresholdCount=healthy)["TargetGroups"][0]["TargetGroupArn"]
        attributes = {"deregistration_delay.timeout_seconds": str(delay)}
        if cross_zone is not None:
            attributes["load_balancing.cross_zone.enabled"] = str(cross_zone).lower()
        self.elbv2.modify_target_group_attributes(
            TargetGroupArn=self.target_group,
            Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()])
        self.listener = self.elbv2.create_listener(
            LoadBalancerArn=self.balancer, Protocol="HTTP", Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.target_group}],
        )["Listeners"][0]["ListenerArn"]

    def register(self, tag="latest", cpu="256", memory="512"):
        role = f"{self.name}-execution"
        try:
            arn = self.iam.create_role(
                RoleName=role, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
            self.iam.attach_role_policy(
                RoleName=role, PolicyArn="arn:aws:iam::aws:policy/service-role/"
                "AmazonECSTaskExecutionRolePolicy")
        except self.iam.exceptions.EntityAlreadyExistsException:
            arn = self.iam.get_role(RoleName=role)["Role"]["Arn"]
        return self.ecs.register_task_definition(
            family=self.name, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu=cpu,
            memory=memory, executionRoleArn=arn, containerDefinitions=[{
                "name": "app", "image": f"{self.uri}:{tag}", "essential": True,
                "portMappings": [{"containerPort": 8080}]}],
        )["taskDefinition"]["taskDefinitionArn"]

    def serve(self, count=2, minimum=100, maximum=200, grace=None):
        self.ecs.create_cluster(clusterName=self.name)
        more = {} if grace is None else {"healthCheckGracePeriodSeconds": grace}
        self.ecs.create_service(
            cluster=self.name, serviceName=self.name, taskDefinition=self.name,
            desiredCount=count, launchType="FARGATE", networkConfiguration=self.in_network(),
            deploymentConfiguration={"minimumHealthyPercent": minimum, "maximumPercent": maximum},
            loadBalancers=[{"targetGroupArn": self.target_group, "containerName": "app",
                            "containerPort": 8080}], **more)

    def in_network(self):
        return {"awsvpcConfiguration": {
            "subnets": self.subnets, "securityGroups": [self.group],
            "assignPublicIp": "ENABLED"}}

    def update(self, **changes):
        return self.ecs.update_service(cluster=self.name, service=self.name, **changes)

    # What a client sees

    def get(self, times=1, path="/", host=None):
        """Status and version of so many requests; `None` for a connection that was cut."""
        seen = []
        connection = self.server.connection()
        for _ in range(times):
            try:
                connection.request("GET", path, headers={
                    "Host": host or self.dns, "Accept": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
            except (http.client.HTTPException, OSError):
                connection.close()
                seen.append((None, None))
                continue
            is_page = answer.status == 200
            seen.append((answer.status, json.loads(body)["version"] if is_page else None))
        connection.close()
        return seen
