// Made by scripts/embed-scenarios from fixtures/scenarios. Change those, not this.

extension Scenario {
    /// The scenarios that come with Drydock, by name, as their files are.
    public static let builtIn: [(name: String, yaml: String)] = [
("back-by-hand", ##"""
# The new version was a mistake. The way back is one more update, to the revision before.

name: back-by-hand
title: Back to the former revision
teaches: >-
  Going back is a deployment like any other, with a boot, a health check and a drain, so it
  takes about as long as going forth, and both versions answer once more.
german:
  title: Zurück zur vorigen Revision
  teaches: >-
    Zurückgehen ist ein Deployment wie jedes andere, mit Start, Prüfung und Drain. Es dauert
    also etwa so lange wie der Hinweg, und noch einmal antworten beide Versionen.

images:
  v1: {bootCPU: 8s}
  v2: {}

task:
  tag: "1"

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

deploy:
  - push: {version: v2, tag: "2"}
  - registerTaskDefinition: {tag: "2"}
  - updateService: {taskDefinition: latest}
  - wait: steady
  - updateService: {taskDefinition: 1}
  - wait: steady

"""##),
("back-in-time", ##"""
# The new version does not get healthy, and somebody takes it back before anyone has seen it.

name: back-in-time
title: Back while the bad version is still starting
teaches: >-
  Taking back a version that never got healthy costs nobody a request: the old task is still there,
  and stays until the new deployment of its own version replaces it.
german:
  title: Zurück, solange die schlechte Version noch startet
  teaches: >-
    Eine Version zurückzunehmen, die nie gesund wurde, kostet niemanden eine Anfrage: Der alte
    Task ist noch da und bleibt, bis das neue Deployment seiner eigenen Version ihn ersetzt.

images:
  v1: {bootCPU: 8s}
  v2: {status: 500}

task:
  tag: "1"

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

deploy:
  - push: {version: v2, tag: "2"}
  - registerTaskDefinition: {tag: "2"}
  - updateService: {taskDefinition: latest}
  - wait: 150s
  - updateService: {taskDefinition: 1}
  - wait: steady

"""##),
("breaker", ##"""
# The new version answers each page with 500, as in never-healthy. This service has a circuit breaker
# that does not roll back.

name: breaker
title: A circuit breaker without a way back
teaches: >-
  A circuit breaker gives a version up that fails three times in a row, and starts no more of it:
  the old version keeps answering, and it is left to you to bring out the next one.
german:
  title: Ein Circuit Breaker ohne Rückweg
  teaches: >-
    Ein Circuit Breaker gibt eine Version auf, die dreimal hintereinander scheitert, und startet
    keine weiteren Tasks von ihr. Die alte Version antwortet weiter, und die nächste zu bringen
    bleibt dir überlassen.

images:
  v1: {bootCPU: 8s}
  v2: {status: 500}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s
  circuitBreaker: {enable: true, rollback: false}

"""##),
("closed-door", ##"""
# Somebody removes the rule by which the load balancer reaches the tasks, in the middle of a
# deployment, and puts it back 20 s later. With the rule for everyone it would be another story:
#
#     drydock run closed-door --set securityGroups.app.1.from=0.0.0.0/0

name: closed-door
title: A rule that is removed while clients are connected
teaches: >-
  A security group keeps track of the connections that it has let in, and lets them go on when the
  rule is removed: only new requests fail, until it is back. Connections that came by rules for
  everyone are not tracked, and end at once.
german:
  title: "Eine Regel, die weggenommen wird, während Clients verbunden sind"
  teaches: >-
    Eine Security Group merkt sich die Verbindungen, die sie hereingelassen hat, und lässt sie
    weiterlaufen, wenn die Regel weg ist: Nur neue Anfragen scheitern, bis sie wieder da ist.
    Verbindungen, die durch Regeln für alle kamen, merkt sie sich nicht, und sie enden sofort.

securityGroups:
  load-balancer:
    - {port: 80, from: 0.0.0.0/0}
  app:
    - {port: 8080, from: load-balancer}

images:
  v1: {bootCPU: 2s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 30s, unhealthyThreshold: 3}
  deregistrationDelay: 60s

service:
  desiredCount: 2

deploy:
  - push: v2
  - updateService: {forceNewDeployment: true}
  - wait: 90s
  - removeRule: {group: app, rule: 1}
  - wait: 20s
  - addRule: {group: app, rule: 1}
  - wait: steady

"""##),
("container-check", ##"""
# The container checks itself every ten seconds, and the load balancer checks it too. The new version
# answers its page, but its health check says 404, which the load balancer takes for well enough.

name: container-check
title: A container that finds itself unhealthy
teaches: >-
  With a health check of its own a task counts as soon as it and its target are healthy, without
  the 40 seconds that others wait, and one that fails the check is replaced like any unhealthy one.
german:
  title: Ein Container, der sich selbst für krank hält
  teaches: >-
    Mit einer eigenen Prüfung zählt ein Task, sobald er und sein Ziel gesund sind, ohne die 40
    Sekunden, die andere warten. Einer, der die Prüfung nicht besteht, wird ersetzt wie jeder
    kranke Task.

images:
  v1: {bootCPU: 2s}
  v2: {}
  v3: {healthStatus: 404}

task:
  healthCheck: {interval: 10s, timeout: 2s, retries: 3, startPeriod: 30s}

loadBalancer:
  healthCheck: {interval: 10s, matcher: "200-499"}
  deregistrationDelay: 30s

service:
  circuitBreaker: {enable: true, rollback: true}

deploy:
  - push: v2
  - updateService: {forceNewDeployment: true}
  - wait: steady
  - push: v3
  - updateService: {forceNewDeployment: true}
  - wait: steady

"""##),
("dead-lock", ##"""
# Minimum 100 forbids to stop the old task, and maximum 100 forbids to start a new one.

name: dead-lock
title: Minimum 100, maximum 100
teaches: >-
  With a minimum and a maximum of 100 no task may stop and none may start: the deployment waits for
  ever, and one service event says why.
german:
  title: Minimum 100, Maximum 100
  teaches: >-
    Bei Minimum und Maximum 100 darf kein Task stoppen und keiner starten: Das Deployment wartet
    für immer, und eine einzige Meldung des Services sagt, warum.

service:
  minimumHealthyPercent: 100
  maximumPercent: 100

horizon: 10m

"""##),
("drain-0", ##"""
# Nobody waits for what is still under way.
# Compare drain-0, drain-30 and drain-300: they differ in one number.

name: drain-0
title: No drain
teaches: >-
  A deregistration delay of 0 s ends the deployment soonest, and cuts off what is still under
  way, such as a download or a web socket.
german:
  title: Kein Drain
  teaches: >-
    Mit einer Deregistrierungsfrist von 0 s endet das Deployment am schnellsten und schneidet
    ab, was noch läuft, etwa einen Download oder einen WebSocket.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 0s

service:
  healthCheckGracePeriod: 60s

"""##),
("drain-30", ##"""
# Half a minute for requests that are under way: enough for most web applications.
# Compare drain-0, drain-30 and drain-300: they differ in one number.

name: drain-30
title: A drain of 30 s
teaches: >-
  A deregistration delay of 30 s gives what is under way on the old version half a minute to
  come to its end, and the deployment takes that much longer.
german:
  title: Ein Drain von 30 s
  teaches: >-
    Eine Deregistrierungsfrist von 30 s gibt dem, was auf der alten Version noch läuft, eine
    halbe Minute bis zum Ende, und so viel länger dauert das Deployment.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

"""##),
("drain-300", ##"""
# What a target group has if nobody says anything. Who measures only "until completed" is surprised.
# Compare drain-0, drain-30 and drain-300: they differ in one number.

name: drain-300
title: A drain of 300 s, AWS's default
teaches: >-
  The default deregistration delay keeps the old task for five minutes after its last new
  request, so the deployment is completed minutes after everyone has been on the new version.
german:
  title: "Ein Drain von 300 s, AWS' Vorgabe"
  teaches: >-
    Die vorgegebene Deregistrierungsfrist hält den alten Task noch fünf Minuten nach seiner
    letzten neuen Anfrage. Das Deployment ist deshalb Minuten später fertig, als alle auf der
    neuen Version sind.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 300s

service:
  healthCheckGracePeriod: 60s

"""##),
("full-surge", ##"""
# Minimum 100 and maximum 200, what a service has if nobody says anything, with four tasks: for a
# while there are eight of them.

name: full-surge
title: Minimum 100, maximum 200, four tasks
teaches: >-
  With room for twice as many, all new tasks start at once and the old ones stop as soon as
  those are healthy: the shortest way, and it costs no more than smaller waves, which take
  longer.
german:
  title: Minimum 100, Maximum 200, vier Tasks
  teaches: >-
    Mit Platz für doppelt so viele starten alle neuen Tasks auf einmal, und die alten stoppen,
    sobald jene gesund sind: der kürzeste Weg, und er kostet nicht mehr als kleinere Wellen, die
    länger dauern.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  desiredCount: 4
  minimumHealthyPercent: 100
  maximumPercent: 200
  healthCheckGracePeriod: 60s

"""##),
("half-surge", ##"""
# Minimum 100 and maximum 150 with four tasks: six at most, so the new version comes in two waves.
# The second wave has to wait until old tasks have drained and stopped.

name: half-surge
title: Minimum 100, maximum 150, four tasks
teaches: >-
  Half the room above the desired count means two waves, each with a boot and a drain, so both
  versions answer for several times as long as with room for all.
german:
  title: Minimum 100, Maximum 150, vier Tasks
  teaches: >-
    Halb so viel Platz über der gewünschten Anzahl heißt zwei Wellen, jede mit Start und Drain.
    Beide Versionen antworten deshalb um ein Mehrfaches länger als mit Platz für alle.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  desiredCount: 4
  minimumHealthyPercent: 100
  maximumPercent: 150
  healthCheckGracePeriod: 60s

"""##),
("internal", ##"""
# A service for other services. The client stands in a private subnet and carries a group of its
# own, by which the load balancer knows it.

name: internal
title: An internal load balancer, and a client in the VPC
teaches: >-
  An internal load balancer has private addresses alone, so nobody on the internet reaches it, and
  who stands in the VPC needs only its group's leave: the deployment goes on as with any other.
german:
  title: Ein interner Load Balancer und ein Client in der VPC
  teaches: >-
    Ein interner Load Balancer hat nur private Adressen. Aus dem Internet erreicht ihn niemand, und
    wer in der VPC steht, braucht nur die Erlaubnis seiner Gruppe: Das Deployment läuft ab wie
    jedes andere.

securityGroups:
  caller:
  load-balancer:
    - {port: 80, from: caller}
  app:
    - {port: 8080, from: load-balancer}

images:
  v1: {bootCPU: 2s}
  v2: {}

loadBalancer:
  internal: true
  healthCheck: {interval: 10s}
  deregistrationDelay: 30s

probe:
  from: inside
  subnets: private
  securityGroups: [caller]

"""##),
("keep-alive", ##"""
# A client that opens one connection and keeps it, as a connection pool does. "Kept connections" in
# the report are those that go on to one task: a long download, a web socket.

name: keep-alive
title: A client that keeps its connection
teaches: >-
  A connection that a client keeps ends at the load balancer, which picks a task for each
  request: the client meets the new version as soon as anyone, and only what is under way stays
  with the old one until the drain ends.
german:
  title: Ein Client, der seine Verbindung behält
  teaches: >-
    Eine Verbindung, die ein Client behält, endet am Load Balancer, der für jede Anfrage einen
    Task wählt: Der Client trifft die neue Version so früh wie alle, und nur was schon läuft,
    bleibt bei der alten, bis der Drain endet.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 60s

service:
  healthCheckGracePeriod: 60s

probe:
  keepAlive: true

"""##),
("missing-image", ##"""
# A slip in a script: the revision names a tag that nobody pushed.

name: missing-image
title: A tag that was never pushed
teaches: >-
  A task whose image does not exist stops before it runs, and after each failure ECS waits longer
  until it tries again, while the old version answers as if nothing had happened.
german:
  title: Ein Tag, der nie gepusht wurde
  teaches: >-
    Ein Task, dessen Image es nicht gibt, stoppt, bevor er läuft, und nach jedem Fehlschlag
    wartet ECS länger bis zum nächsten Versuch, während die alte Version antwortet, als wäre
    nichts geschehen.

task:
  tag: "1"

loadBalancer:
  deregistrationDelay: 30s

deploy:
  - registerTaskDefinition: {tag: "2"}  # before it there should be: push: {version: v2, tag: "2"}
  - updateService: {taskDefinition: latest}
  - wait: steady

"""##),
("network-balancer", ##"""
# Behind a network load balancer: two tasks, one in each zone, and a client that keeps its
# connection. Each node sends to targets of its own zone, checks a connection and no page, and takes
# its time.

name: network-balancer
title: A network load balancer
teaches: >-
  A network load balancer takes minutes to trust a new target and up to two more to forget an old
  one, and it passes on whole connections: a client that keeps its own stays with the old version
  until that ends.
german:
  title: Ein Network Load Balancer
  teaches: >-
    Ein Network Load Balancer braucht Minuten, bis er einem neuen Ziel traut, und bis zu zwei
    weitere, bis er ein altes vergisst, und er reicht ganze Verbindungen weiter: Ein Client, der
    seine behält, bleibt bei der alten Version, bis diese endet.

images:
  v1: {bootCPU: 2s}
  v2: {}

loadBalancer:
  kind: network
  healthCheck: {interval: 10s, healthyThreshold: 3}
  deregistrationDelay: 180s

service:
  desiredCount: 2
  healthCheckGracePeriod: 120s

probe:
  keepAlive: true

"""##),
("never-healthy", ##"""
# The new version starts, but answers each page with 500, and so its health checks fail.

name: never-healthy
title: A version that answers with 500
teaches: >-
  A version that fails its health checks never gets the load balancer's requests, and without a
  circuit breaker ECS stops it and starts it again for ever, while the old one keeps answering.
german:
  title: Eine Version, die mit 500 antwortet
  teaches: >-
    Eine Version, die ihre Prüfungen nicht besteht, bekommt nie Anfragen vom Load Balancer. Ohne
    Circuit Breaker stoppt ECS sie und startet sie für immer neu, während die alte weiter
    antwortet.

images:
  v1: {bootCPU: 8s}
  v2: {status: 500}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

horizon: 20m

"""##),
("new-revision", ##"""
# The tidy way to bring out a version: a tag of its own, and a revision of the task definition that
# names it. Nobody has to force anything, and the way back is a revision number.

name: new-revision
title: A tag and a revision for each version
teaches: >-
  A new revision of the task definition is a new deployment by itself, rolls out exactly as a forced
  one does, and leaves the old tag where it was.
german:
  title: Ein Tag und eine Revision für jede Version
  teaches: >-
    Eine neue Revision der Task Definition ist von selbst ein neues Deployment, läuft genau ab
    wie ein erzwungenes und lässt den alten Tag, wo er war.

images:
  v1: {bootCPU: 8s}        # 32 s on a quarter of a vCPU
  v2: {}

task:
  tag: "1"                 # not latest: a tag that is never moved

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

deploy:
  - push: {version: v2, tag: "2"}
  - registerTaskDefinition: {tag: "2"}
  - updateService: {taskDefinition: latest}
  - wait: steady

"""##),
("no-nat", ##"""
# Private subnets have no way out of their own. This ends with a problem: there is no first version
# to bring a new one to.

name: no-nat
title: Private subnets without a NAT gateway
teaches: >-
  A task in a private subnet without a NAT gateway has no way to the registry, so its image is not
  pulled and nothing ever runs.
german:
  title: Private Subnetze ohne NAT-Gateway
  teaches: >-
    Ein Task in einem privaten Subnetz ohne NAT-Gateway hat keinen Weg zur Registry, also wird
    sein Image nicht geholt, und nie läuft etwas.

network:
  nat: false               # with true it works: see refcard-01

"""##),
("one-by-one", ##"""
# Minimum 50 and maximum 100 with two tasks: one has to stay, and there are never more than two. So
# one is replaced, and then the other.

name: one-by-one
title: Minimum 50, maximum 100, two tasks
teaches: >-
  Two tasks are replaced one after the other without a third: some version always answers, but
  it takes twice as long, and half of the tasks are away for most of that time.
german:
  title: Minimum 50, Maximum 100, zwei Tasks
  teaches: >-
    Zwei Tasks werden nacheinander ersetzt, ohne einen dritten: Irgendeine Version antwortet
    immer, aber es dauert doppelt so lange, und die meiste Zeit fehlt die Hälfte der Tasks.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  desiredCount: 2
  minimumHealthyPercent: 50
  maximumPercent: 100
  healthCheckGracePeriod: 60s

"""##),
("public-address", ##"""
# Tasks in public subnets with an address of their own: no NAT gateway is needed. The security group
# still lets in the load balancer only.

name: public-address
title: Public subnets, and an address for each task
teaches: >-
  A task in a public subnet reaches the registry through its own public address, so no NAT gateway
  is needed, but each address costs money, also that of the second task during a deployment.
german:
  title: Öffentliche Subnetze und eine Adresse für jeden Task
  teaches: >-
    Ein Task in einem öffentlichen Subnetz erreicht die Registry über seine eigene öffentliche
    Adresse. Ein NAT-Gateway braucht es nicht, aber jede Adresse kostet Geld, auch die des
    zweiten Tasks während eines Deployments.

network:
  nat: false
  privateSubnets: []

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  subnets: public
  assignPublicIp: true     # see public-without-address
  healthCheckGracePeriod: 60s

"""##),
("public-without-address", ##"""
# The internet gateway serves only those that have a public address. This ends with a problem: there
# is no first version to bring a new one to.

name: public-without-address
title: Public subnets, and no address
teaches: >-
  A task in a public subnet without a public address has no way to the registry, so its image is not
  pulled and nothing ever runs.
german:
  title: Öffentliche Subnetze und keine Adresse
  teaches: >-
    Ein Task in einem öffentlichen Subnetz ohne öffentliche Adresse hat keinen Weg zur Registry,
    also wird sein Image nicht geholt, und nie läuft etwas.

network:
  nat: false

service:
  subnets: public
  assignPublicIp: false    # with true it works: see public-address

"""##),
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
german:
  title: Eine Spring-Boot-App, erneut nach latest gepusht
  teaches: >-
    Ein Push ändert nichts an dem, was läuft. Ein neues Deployment startet einen Task, der das
    neue Image holt, und eine Zeit lang antworten beide Versionen.

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
("rollback-costs", ##"""
# Without room above the desired count the old tasks have to go before the new ones start. The new
# version needs more memory than its task has and is killed while it boots.

name: rollback-costs
title: A rollback that has to start the old version again
teaches: >-
  With a minimum of 0 the old task is gone before the new version has shown what it is worth, so a
  rollback has to pull and boot the old one again, from its digest, although the tag has moved on.
german:
  title: Ein Rollback, der die alte Version neu starten muss
  teaches: >-
    Mit einem Minimum von 0 ist der alte Task weg, bevor die neue Version gezeigt hat, was sie
    taugt. Ein Rollback muss die alte also neu holen und starten, nach ihrem Digest, obwohl der
    Tag weitergezogen ist.

images:
  v1: {bootCPU: 8s, memory: 300 MiB}
  v2: {memory: 700 MiB}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  minimumHealthyPercent: 0
  maximumPercent: 100
  healthCheckGracePeriod: 60s
  circuitBreaker: {enable: true, rollback: true}

"""##),
("rollback", ##"""
# The new version answers each page with 500, as in never-healthy. Two tasks, so that the threshold of
# the circuit breaker is still 3: it is never less.

name: rollback
title: A circuit breaker that rolls back
teaches: >-
  A rollback is a deployment of its own that takes over the old tasks which still run, so nobody
  notices the bad version, and whoever only waits for stability takes the end for a success.
german:
  title: Ein Circuit Breaker, der zurückrollt
  teaches: >-
    Ein Rollback ist ein eigenes Deployment, das die alten Tasks übernimmt, die noch laufen.
    Niemand bemerkt die schlechte Version, und wer nur auf Stabilität wartet, hält das Ende für
    einen Erfolg.

images:
  v1: {bootCPU: 8s}
  v2: {status: 500}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  desiredCount: 2
  healthCheckGracePeriod: 60s
  circuitBreaker: {enable: true, rollback: true}

"""##),
("rounding", ##"""
# 125 % of three tasks are 3.75, and the maximum is rounded down: three. The minimum is three, too.

name: rounding
title: Minimum 100, maximum 125, three tasks
teaches: >-
  The maximum is rounded down, so 125 % of three tasks leave room for none, although it looks like
  room for one: the deployment never begins.
german:
  title: Minimum 100, Maximum 125, drei Tasks
  teaches: >-
    Das Maximum wird abgerundet. 125 % von drei Tasks lassen deshalb Platz für keinen, obwohl es
    nach Platz für einen aussieht: Das Deployment beginnt nie.

service:
  desiredCount: 3          # with four, 125 % are five: room for one
  minimumHealthyPercent: 100
  maximumPercent: 125

horizon: 10m

"""##),
("slow-boot", ##"""
# The new version takes two minutes to boot. The grace period was made for the old one.

name: slow-boot
title: A boot that is longer than the grace period
teaches: >-
  A version that boots for longer than the grace period and the health checks together allow is
  stopped before it is up, again and again, although nothing is wrong with it.
german:
  title: Ein Start, der länger dauert als die Schonfrist
  teaches: >-
    Eine Version, die länger startet, als Schonfrist und Prüfungen zusammen erlauben, wird
    gestoppt, bevor sie oben ist, immer wieder, obwohl ihr nichts fehlt.

images:
  v1: {bootCPU: 8s}        # 32 s on a quarter of a vCPU
  v2: {bootCPU: 30s}       # 120 s

task:
  cpu: 0.25 vCPU           # with 1 vCPU (and 2 GB) it boots in 30 s, and all is well

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s  # with 180s all is well, too

horizon: 20m

"""##),
("slow-start", ##"""
# Four tasks of which half may be replaced at a time; a new target's share grows for two minutes.

name: slow-start
title: New targets that get their share little by little
teaches: >-
  With a slow start a new target begins with a twentieth of its share and has all of it only when
  the time is over, so the old version gets most of the requests for longer than it would
  otherwise, and the deployment is completed no later.
german:
  title: Neue Ziele, die ihren Anteil nach und nach bekommen
  teaches: >-
    Mit Slow Start beginnt ein neues Ziel mit einem Zwanzigstel seines Anteils und hat ihn erst
    ganz, wenn die Zeit um ist. Die alte Version bekommt also länger die meisten Anfragen, und
    das Deployment ist nicht später fertig.

images:
  v1: {bootCPU: 2s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s}
  deregistrationDelay: 30s
  slowStart: 120s

service:
  desiredCount: 4
  minimumHealthyPercent: 100
  maximumPercent: 200

"""##),
("sticky", ##"""
# The client sends its cookie back, as browsers do.

name: sticky
title: A client that is sent to the same target again
teaches: >-
  With stickiness a client stays with the old version until the load balancer stops sending it
  there, although the new one has been answering others for long: it meets each version in one
  piece, and changes once.
german:
  title: Ein Client, der wieder zum selben Ziel geschickt wird
  teaches: >-
    Mit Stickiness bleibt ein Client bei der alten Version, bis der Load Balancer ihn nicht mehr
    dorthin schickt, obwohl die neue anderen längst antwortet: Er trifft jede Version am Stück
    und wechselt einmal.

images:
  v1: {bootCPU: 2s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s}
  deregistrationDelay: 30s
  stickiness: true

service:
  desiredCount: 2

probe:
  cookies: true

"""##),
("stop-first", ##"""
# Minimum 0 and maximum 100: there is never more than the one task, so the old one has to be gone,
# drained and stopped, before the new one may start.

name: stop-first
title: Minimum 0, maximum 100, one task
teaches: >-
  Without room above the desired count the old task goes first, and nobody answers for as long as
  its drain, its end and the start of the new task take together.
german:
  title: Minimum 0, Maximum 100, ein Task
  teaches: >-
    Ohne Platz über der gewünschten Anzahl geht der alte Task zuerst, und niemand antwortet,
    solange sein Drain, sein Ende und der Start des neuen Tasks zusammen dauern.

images:
  v1: {bootCPU: 8s}
  v2: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s  # a part of the downtime: try 0s, and 300s

service:
  minimumHealthyPercent: 0
  maximumPercent: 100
  healthCheckGracePeriod: 60s

"""##),
("too-little-memory", ##"""
# The task has 512 MiB. The first version is content with 300, the second one wants 700.

name: too-little-memory
title: A version that needs more memory than its task has
teaches: >-
  A container that wants more memory than its task has is killed while it boots, with exit code 137,
  and ECS replaces it for ever, while the old version answers.
german:
  title: Eine Version, die mehr Speicher braucht, als ihr Task hat
  teaches: >-
    Ein Container, der mehr Speicher will, als sein Task hat, wird beim Start getötet, mit Exit-
    Code 137, und ECS ersetzt ihn für immer, während die alte Version antwortet.

images:
  v1: {bootCPU: 8s, memory: 300 MiB}
  v2: {memory: 700 MiB}

task:
  memory: 0.5 GB           # with 1 GB it works

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

horizon: 20m

"""##),
("two-in-a-row", ##"""
# Somebody pushes again while the deployment before is still in progress.

name: two-in-a-row
title: A deployment on top of a deployment
teaches: >-
  A second deployment takes the place of one that is still in progress: the task of the version
  in between is stopped before it answers, and its deployment never completes.
german:
  title: Ein Deployment auf ein Deployment
  teaches: >-
    Ein zweites Deployment tritt an die Stelle eines, das noch läuft: Der Task der Version
    dazwischen wird gestoppt, bevor er antwortet, und sein Deployment wird nie fertig.

images:
  v1: {bootCPU: 8s}
  v2: {}
  v3: {}

loadBalancer:
  healthCheck: {interval: 10s, unhealthyThreshold: 5}
  deregistrationDelay: 30s

service:
  healthCheckGracePeriod: 60s

deploy:
  - push: v2
  - updateService: {forceNewDeployment: true}
  - wait: 30s              # the first new task is still booting
  - push: v3
  - updateService: {forceNewDeployment: true}
  - wait: steady

"""##),
("wrong-architecture", ##"""
# Built on a laptop with an ARM processor, and run on X86_64.

name: wrong-architecture
title: An image for another processor
teaches: >-
  An image built for ARM64 never gets to run on X86_64: no task of the new version starts, ECS tries
  again after longer and longer waits, and the old version stays.
german:
  title: Ein Image für einen anderen Prozessor
  teaches: >-
    Ein Image für ARM64 läuft auf X86_64 nie an: Kein Task der neuen Version startet, ECS
    versucht es nach immer längeren Pausen wieder, und die alte Version bleibt.

images:
  v1: {architecture: X86_64}
  v2: {architecture: ARM64}

loadBalancer:
  deregistrationDelay: 30s

"""##),
    ]
}
