// Made by scripts/embed-scenarios from fixtures/traces. Change those, not this.

extension Trace {
    /// The traces that come with Drydock, by the names of their files, as those are.
    static let builtIn: [(name: String, yaml: String)] = [
("counted-2018", #"""
name: Counted 2018
title: How long a new task was registered until an old one was stopped, in 2018
source: ecs.md section 14.5
resolution: 2s
assumed:
  - One task behind a load balancer, 100/200, without a container check.
  - An image of 80 MiB that boots in a second, checked every 10 s.
scenario:
  name: counted-2018
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
    v2: {}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 30s
from: registered
moments:
  - {what: stopped, at: 42s}

"""#),
("counted-2019", #"""
name: Counted 2019
title: How long a new task was registered until an old one was stopped, in 2019
source: ecs.md section 14.5
resolution: 2s
assumed:
  - One task behind a load balancer, 100/200, without a container check.
  - An image of 80 MiB that boots in a second, checked every 10 s.
scenario:
  name: counted-2019
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
    v2: {}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 30s
from: registered
moments:
  - {what: stopped, at: 42s}

"""#),
("counted-2021", #"""
name: Counted 2021
title: How long a new task was registered until an old one was stopped, in 2021
source: ecs.md section 14.5
resolution: 100ms
assumed:
  - One task behind a load balancer, 100/200, without a container check.
  - An image of 80 MiB that boots in a second, checked every 10 s.
scenario:
  name: counted-2021
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
    v2: {}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 30s
from: registered
moments:
  - what: stopped
    at: 20.4s
    why: >-
      On this account a healthy target was enough, as the documented wording has it; on seven others
      it was not (section 14.5). `minimumRunningWithLoadBalancer` is the switch for it.

"""#),
("reference", #"""
name: Reference
title: The timeline that the sheet builds from its own numbers, one task, 100/200
source: ecs.md section 37
built: true
resolution: 1s
assumed:
  - The middle of the sheet's range where it gives one.
scenario:
  name: reference
  images:
    v1: {size: 60 MiB, bootCPU: 0.75s, exit: 500ms}
    v2: {}
  loadBalancer:
    healthCheck: {interval: 5s, timeout: 2s, healthyThreshold: 2, unhealthyThreshold: 2}
    deregistrationDelay: 30s
  service: {healthCheckGracePeriod: 60s}
moments:
  - {what: started, at: 10s}
  - {what: new task pulling, at: 23s}
  - {what: new task pulled, at: 28s}
  - {what: new task running, at: 30s}
  - {what: registered, at: 40s}
  - {what: stopped, at: 85s}
  - {what: deregistered, at: 95s}
  - {what: old task signalled, at: 131s}
  - {what: completed, at: 150s}

"""#),
("start-2020", #"""
name: Start 2020
title: The start of a task on Fargate, the sample of AWS's guide
source: ecs.md section 9.7, second row
assumed:
  - An image of 20 MiB, from the length of its pull.
scenario:
  name: start-2020
  images:
    v1: {size: 20 MiB, bootCPU: 1s}
  loadBalancer: none
  deploy: []
of: creation
from: new task created
moments:
  - {what: new task connected, at: 4.05s}
  - what: new task pulling
    at: 17.7s
    why: >-
      17.7 s is nearly the longest PROVISIONING that anybody has written down; the model goes up
      to 18 s (section 34).
  - {what: new task pulled, at: 20.7s}
  - what: new task running
    at: 23.7s
    why: >-
      It follows from the long PROVISIONING.

"""#),
("start-2023", #"""
name: Start 2023
title: The start of a task on Fargate, 256/512 and a small image
source: ecs.md section 9.7, first row
assumed:
  - An image of 50 MiB, from the length of its pull.
scenario:
  name: start-2023
  images:
    v1: {size: 50 MiB, bootCPU: 1s}
  loadBalancer: none
  deploy: []
of: creation
from: new task created
moments:
  - {what: new task connected, at: 4.95s}
  - {what: new task pulling, at: 12.93s}
  - {what: new task pulled, at: 17.45s}
  - {what: new task running, at: 19.54s}

"""#),
("start-2026", #"""
name: Start 2026
title: The start of a task on Fargate, 918 MiB and a file system
source: ecs.md section 9.7, third row
resolution: 2s
assumed:
  - >-
    The mount of its file system, which Drydock does not have, as 20 to 27 s of `start`: 22 s in
    T18, 25 s in section 9.7.
  - Whole seconds; the size is stated.
scenario:
  name: start-2026
  images:
    v1: {size: 918 MiB, bootCPU: 1s}
  timing: {start: {between: [20s, 27s]}}
  loadBalancer: none
  deploy: []
of: creation
from: new task created
moments:
  - {what: new task pulling, at: 16s}
  - {what: new task pulled, at: 51s}
  - {what: new task running, at: 76s}

"""#),
("stop-drain", #"""
name: Stop with a drain
title: The stop of a task with a deregistration delay of 300 s
source: ecs.md section 10.8
resolution: 12s
assumed:
  - >-
    Counted from the first answer that said DEACTIVATING. Each moment was seen by asking again and
    again, up to six seconds late, as STOPPED was.
  - A program that ignores SIGTERM, for STOPPING lasted 47 s.
scenario:
  name: stop-drain
  images:
    v1: {size: 80 MiB, bootCPU: 1s, exit: never}
  loadBalancer: {deregistrationDelay: 300s}
  service: {desiredCount: 2}
  deploy:
    - updateService: {desiredCount: 1}
    - wait: steady
from: old task stopping
moments:
  - {what: old task signalled, at: 361s}
  - {what: old task execution stopped, at: 408s}
  - {what: old task stopped, at: 418s}

"""#),
("stop-kill", #"""
name: Stop by SIGKILL
title: The stop of a task that ignores SIGTERM, without a load balancer
source: ecs.md section 10.7
assumed:
  - A service of two tasks, of which one is taken away.
scenario:
  name: stop-kill
  images:
    v1: {size: 80 MiB, bootCPU: 1s, exit: never}
  loadBalancer: none
  service: {desiredCount: 2}
  deploy:
    - updateService: {desiredCount: 1}
    - wait: steady
from: old task signalled
moments:
  - what: old task execution stopped
    at: 43.417s
    why: >-
      It was counted from `stoppingAt`, and SIGTERM came a moment later. The 13.4 s that are left
      after the 30 s until SIGKILL are the end of the model's range (section 10.7b).
  - what: old task stopped
    at: 66.203s
    why: >-
      Two waits near the ends of their ranges, one after the other.

"""#),
("t1", #"""
name: T1
title: Two tasks behind a load balancer, 100/200
source: ecs.md section 15, T1; April 2026
assumed:
  - A deregistration delay of 30 s, from the 62 s between the drain and the completion.
  - An image of 80 MiB that boots in a second, checked every 10 s.
scenario:
  name: t1
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
    v2: {}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 30s
  service: {desiredCount: 2, healthCheckGracePeriod: 30s}
moments:
  - {what: started, at: 14.4s}
  - {what: registered, at: 44.4s}
  - {what: stopped, at: 85.4s}
  - {what: deregistered, at: 86.955s}
  - {what: completed, at: 149.022s}

"""#),
("t10", #"""
name: T10
title: A tag that cannot be pulled, one task, with the circuit breaker
source: ecs.md section 15, T10
resolution: 60s
assumed:
  - The service is behind a load balancer, and its old task keeps running.
scenario:
  name: t10
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
  task: {tag: "1"}
  service:
    circuitBreaker: {enable: true, rollback: false}
  deploy:
    - registerTaskDefinition: {tag: "2"}
    - updateService: {taskDefinition: latest}
    - wait: steady
  horizon: 45m
moments:
  - {what: new task stopped 3, at: 6m}
  - {what: started 4, notBefore: 17m}
  - what: failed
    notBefore: 17m
    why: >-
      With one task the breaker's threshold is three failures (section 18.3), and the third one
      trips it a minute later. Here it had not tripped after eleven more minutes; section 18.8b
      leaves it open, and another account's breaker did trip on an image that was not there.

"""#),
("t15", #"""
name: T15
title: Two tasks behind a load balancer with a long drain, 100/200, with a container check
source: ecs.md section 15, T15; July 2026
assumed:
  - A deregistration delay of 300 s, the default; it is not stated.
  - A program that ignores SIGTERM, so that its stop takes the 30 s until SIGKILL.
  - An image of 80 MiB, checked by the load balancer every 10 s and by its container every 30 s.
scenario:
  name: t15
  images:
    v1: {size: 80 MiB, bootCPU: 1s, exit: never}
    v2: {}
  task:
    cpu: 1 vCPU
    memory: 2 GB
    healthCheck: {interval: 30s, timeout: 5s, retries: 3}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 300s
  service: {desiredCount: 2}
from: stopped
moments:
  - {what: deregistered, at: 10.05s}
  - what: completed
    at: 420.7s
    why: >-
      The deregistration delay and the way the program ends are not stated; a drain of 300 s that
      is noticed 50 s late and an end by SIGKILL take about so long.

"""#),
("t16-first", #"""
name: T16 first
title: The first deployment of the service of T16
source: ecs.md section 15, T16; June 2026, whole seconds
resolution: 2s
assumed:
  - An image of 20 MiB that boots in a second, checked every 10 s.
scenario:
  name: t16-first
  images:
    v1: {size: 20 MiB, bootCPU: 1s}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
  service: {desiredCount: 2}
  deploy: []
of: creation
from: registered
moments:
  - what: completed
    at: 60s
    why: >-
      Near the end of the band: 60 s is the longest that was seen from the registration of new
      tasks until they counted, 40 to 51 s are usual (section 14.5).

"""#),
("t16", #"""
name: T16
title: Two tasks behind a load balancer, one after the other, 50/100
source: ecs.md section 15, T16; June 2026, whole seconds
resolution: 2s
assumed:
  - A minimum of 50 and a maximum of 100, from the order of the events.
  - A deregistration delay of 20 s, from the 50 and 60 s between a stop and the next start.
  - An image of 20 MiB that boots in a second, checked every 10 s.
  - >-
    Machines that are there already: nothing says that it is Fargate, and 9 and 10 s from the start
    event to the registration are too few for it.
scenario:
  name: t16
  images:
    v1: {size: 20 MiB, bootCPU: 1s}
    v2: {}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 20s
  timing: {capacity: {between: [1s, 3s]}}
  service: {desiredCount: 2, minimumHealthyPercent: 50, maximumPercent: 100}
from: stopped
moments:
  - {what: deregistered, at: 10s}
  - {what: started, at: 50s}
  - {what: registered, at: 59s}
  - {what: stopped 2, at: 110s}
  - {what: deregistered 2, at: 120s}
  - {what: started 2, at: 170s}
  - {what: registered 2, at: 180s}
  - {what: completed, at: 220s}

"""#),
("t17", #"""
name: T17
title: Tasks one after the other behind a load balancer, no room above the desired count
source: ecs.md section 15, T17; July 2025
assumed:
  - Two tasks, a minimum of 50 and a maximum of 100.
  - A deregistration delay of 30 s.
  - An image of 20 MiB that boots in a second, checked every 10 s.
scenario:
  name: t17
  images:
    v1: {size: 20 MiB, bootCPU: 1s}
    v2: {}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
    deregistrationDelay: 30s
  service: {desiredCount: 2, minimumHealthyPercent: 50, maximumPercent: 100}
from: started
moments:
  - what: registered
    at: 19.9s
    why: >-
      Near the end of the band: the shortest start that fits into two looks of the scheduler.
  - {what: stopped 2, at: 69.9s}
  - {what: deregistered 2, at: 80.2s}
  - {what: started 2, at: 141.5s}

"""#),
("t18", ##"""
name: T18
title: One task with a large image and EFS, stopped and started in one pass
source: ecs.md section 15, T18; July 2026
assumed:
  - >-
    The mount of its file system, which Drydock does not have, as 20 to 27 s of `start`: 22 s in
    T18, 25 s in section 9.7.
  - A minimum of 0 and a maximum of 200, because the stop and the start came in one pass.
  - A deregistration delay of 60 s, from the 93 s between the drain and the completion.
scenario:
  name: t18
  images:
    v1: {size: 542 MiB, bootCPU: 1s}
    v2: {}
  task:
    cpu: 1 vCPU
    memory: 2 GB
    healthCheck: {interval: 10s, timeout: 5s, retries: 3}
  timing: {start: {between: [20s, 27s]}}
  loadBalancer:
    healthCheck: {interval: 30s}
    deregistrationDelay: 60s
  service: {minimumHealthyPercent: 0}
moments:
  - {what: stopped, at: 15.1s}
  - {what: started, at: 15.9s}
  - {what: deregistered, at: 24.7s}
  # Before RUNNING, which Drydock has first; both lie within the band (section 9.11).
  - {what: registered, at: 67.3s}
  - {what: new task running, at: 75.7s}
  - {what: completed, at: 118s}

"""##),
("t19-image", #"""
name: T19 image
title: An image that is not there, in 2021
source: ecs.md section 15, T19
assumed:
  - One task, the wrong tag in a new revision.
scenario:
  name: t19-image
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
  task: {tag: "1"}
  deploy:
    - registerTaskDefinition: {tag: "2"}
    - updateService: {taskDefinition: latest}
    - wait: 3m
  horizon: 10m
from: new task created
moments:
  - {what: new task stopped, at: 42s}

"""#),
("t19-scale-in", #"""
name: T19 scale-in
title: A task less, a clean exit on SIGTERM, in 2021
source: ecs.md section 15, T19
assumed:
  - Counted from SIGTERM, because the order before it was an older one.
scenario:
  name: t19-scale-in
  images:
    v1: {size: 120 MiB, bootCPU: 1s, exit: 100ms}
  service: {desiredCount: 2}
  loadBalancer: {deregistrationDelay: 0s}
  deploy:
    - updateService: {desiredCount: 1}
    - wait: steady
from: old task signalled
moments:
  - {what: old task execution stopped, at: 11.3s}
  - what: old task stopped
    at: 35.6s
    why: >-
      24.3 s from the end of the program to STOPPED is the longest that anybody has written down;
      the model goes up to 24 s (section 34).

"""#),
("t19-start", #"""
name: T19 start
title: The start of a task on Fargate, in 2021
source: ecs.md section 15, T19
assumed:
  - An image of 120 MiB, from the 6.7 s of its pull.
scenario:
  name: t19-start
  images:
    v1: {size: 120 MiB, bootCPU: 1s}
  loadBalancer: none
  deploy: []
of: creation
from: new task created
moments:
  - {what: new task connected, at: 3.3s}
  - what: new task pulling
    at: 18s
    why: >-
      18 s is the longest PROVISIONING that anybody has written down, and the end of the model's
      range (section 34).
  - {what: new task pulled, at: 24.7s}
  - {what: new task running, at: 25.1s}

"""#),
("t19-steady", #"""
name: T19 steady
title: A task less, and how soon the service is steady again, in 2021
source: ecs.md sections 15, T19, and 10.9
assumed:
  - Counted from the stop, because the order before it was an older one.
scenario:
  name: t19-steady
  images:
    v1: {size: 120 MiB, bootCPU: 1s, exit: 100ms}
  service: {desiredCount: 2}
  deploy:
    - updateService: {desiredCount: 1}
    - wait: steady
from: stopped
moments:
  - what: steady
    at: 9.3s
    why: >-
      9.3 s is shorter than any other wait between two looks of a scheduler that was seen, which
      are 9.6 s and more; the model's begin at 9.75 s (section 13.8).

"""#),
("t4", #"""
name: T4
title: The first deployment of a service, two tasks behind a load balancer
source: ecs.md section 15, T4; 2026
assumed:
  - An image of 80 MiB that boots in a second, checked every 10 s.
scenario:
  name: t4
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
  task: {cpu: 1 vCPU, memory: 2 GB}
  loadBalancer:
    healthCheck: {interval: 10s}
  service: {desiredCount: 2}
  deploy: []
of: creation
moments:
  - what: started
    at: 17.1s
    why: >-
      Within the band with 1,000 seeds, near its end: 17.1 s is one of the longest waits for a
      first action that was seen (section 13.9).
  - what: registered
    at: 47.2s
    why: >-
      A late start, and then 30.1 s, which lie in the middle: only the sum is near the end.
  - {what: completed, at: 87.8s}

"""#),
("t5a", #"""
name: T5a
title: A new service of one task, without a load balancer, in 2021
source: ecs.md section 15, T5, the first service
assumed:
  - An image of 40 MiB that boots in a second.
  - >-
    No 40 seconds of RUNNING: in 2021 a task without a load balancer counted at once, as others saw
    too; AWS documents the rule since 2025 (section 14.1).
scenario:
  name: t5a
  images:
    v1: {size: 40 MiB, bootCPU: 1s}
  loadBalancer: none
  timing: {minimumRunning: 0s}
  deploy: []
of: creation
moments:
  - {what: started, at: 5.8s}
  - {what: completed, at: 29.3s}

"""#),
("t5b", #"""
name: T5b
title: Another new service of one task, without a load balancer, in 2021
source: ecs.md section 15, T5, the second service
assumed:
  - An image of 40 MiB that boots in a second.
  - >-
    No 40 seconds of RUNNING: in 2021 a task without a load balancer counted at once, as others saw
    too; AWS documents the rule since 2025 (section 14.1).
scenario:
  name: t5b
  images:
    v1: {size: 40 MiB, bootCPU: 1s}
  loadBalancer: none
  timing: {minimumRunning: 0s}
  deploy: []
of: creation
moments:
  - {what: started, at: 3.3s}
  - {what: completed, at: 35.2s}

"""#),
("t8", #"""
name: T8
title: Failed container health checks, the circuit breaker, and the way back
source: ecs.md section 15, T8
assumed:
  - One task, minimum 0 and maximum 200, because the way back had to start a task.
  - >-
    A container check every 30 s with three retries, after a start period of 60 s: the failing task
    was replaced 143 s after its start event.
  - The failure before the last one is not part of the trace; three in a row trip the breaker.
scenario:
  name: t8
  images:
    v1: {size: 80 MiB, bootCPU: 1s}
    v2: {healthStatus: 500}
  task:
    healthCheck: {interval: 30s, timeout: 5s, retries: 3, startPeriod: 60s}
  loadBalancer: none
  service:
    minimumHealthyPercent: 0
    circuitBreaker: {enable: true, rollback: true}
  horizon: 40m
from: failed checks 3
moments:
  - {what: failed, at: 64.07s}
  - {what: started 5, at: 82.19s}
  - what: completed
    at: 254.98s
    why: >-
      A task of the failed version that was still being checked was let run for another 80 s,
      until it failed by itself. Drydock stops it with the others; section 18.8b leaves it open.

"""#),
    ]
}
