// Made by scripts/embed-scenarios from fixtures/scenarios. Change those, not this.

extension Scenario {
    /// The scenarios that come with Drydock, by name, as their files are.
    public static let builtIn: [(name: String, yaml: String)] = [
("refcard-01", ##"""
# A small Spring Boot app on ECS with Fargate, and a new version of it.
#
#     drydock run refcard-01                      plays it
#     drydock run --show refcard-01 > mine.yaml   gives you this file to change
#     drydock run mine.yaml --set service.desiredCount=2
#
# Nearly everything here could be left out: docs/scenarios.md has every key and what it is if nobody
# says it. It is written out because it is there to be read.

name: refcard-01
title: A Spring Boot app, pushed to latest again
teaches: >-
  A push changes nothing that runs. A new deployment starts a task that pulls the new image, and for
  a while both versions answer.

region: us-east-1
account: "000000000000"

# Two zones, a public and a private subnet in each. Private subnets get out through a NAT gateway;
# without one (nat: false) no container starts here, because the image cannot be pulled.
network:
  vpc: 10.0.0.0/16
  zones: 2
  publicSubnets: [10.0.0.0/24, 10.0.1.0/24]
  privateSubnets: [10.0.10.0/24, 10.0.11.0/24]
  nat: one

# Everyone may reach the load balancer on 80. Only the load balancer may reach the app, on 8080.
securityGroups:
  load-balancer:
    - {port: 80, from: 0.0.0.0/0}
  app:
    - {port: 8080, from: load-balancer}

# The role with which ECS pulls the image and writes the logs.
roles:
  ecsTaskExecutionRole: [AmazonECSTaskExecutionRolePolicy]

repository: regli/rechsteiner-app-ref-card-01

# The first version runs when the story begins. Each later one is like the one before it, except for
# what it says itself: try v2 with {status: 500}, with {bootCPU: 20s} or with {crash: {after: 5s}}.
images:
  v1:
    size: 180 MiB          # compressed, as it is pulled
    bootCPU: 8s            # seconds of one whole vCPU; with a quarter of one it takes 32 s
    memory: 300 MiB        # with less than this the kernel kills it while it boots
    port: 8080
    status: 200            # what a page answers
    healthStatus: 200      # what the health check gets
    responseTime: 20ms
    exit: 500ms            # after SIGTERM; "never" if it waits for SIGKILL
    body: "App Ref. Card 01, version 1\n"
  v2:
    body: "App Ref. Card 01, version 2\n"

# The smallest task that works. In awsvpc mode there is no host port: 80 becomes 8080 at the load
# balancer.
task:
  family: ref-card-01
  cpu: 0.25 vCPU
  memory: 0.5 GB
  container: app
  containerPort: 8080
  tag: latest
  stopTimeout: 30s         # from SIGTERM to SIGKILL
  logGroup: /ecs/ref-card-01
  executionRole: ecsTaskExecutionRole

loadBalancer:
  name: ref-card-01
  port: 80
  securityGroups: [load-balancer]
  healthCheck:
    path: /
    interval: 10s
    timeout: 5s
    healthyThreshold: 2
    unhealthyThreshold: 5  # more than fail while the app boots; else it must pass twice again
    matcher: "200"
  deregistrationDelay: 30s # AWS's default is 300 s

service:
  name: ref-card-01
  cluster: ref-card
  desiredCount: 1
  minimumHealthyPercent: 100
  maximumPercent: 200
  healthCheckGracePeriod: 60s  # without it ECS may stop a task that is still booting
  circuitBreaker: {enable: false}
  subnets: private
  securityGroups: [app]
  assignPublicIp: false

# What is done once version 1 is steady, and measured.
deploy:
  - push: {version: v2, tag: latest}
  - updateService: {forceNewDeployment: true}
  - wait: steady

# Somebody who reloads the page each second.
probe:
  period: 1s
  keepAlive: false
  from: internet
  expect: 200-399

horizon: 30m               # when to give up

"""##),
    ]
}
