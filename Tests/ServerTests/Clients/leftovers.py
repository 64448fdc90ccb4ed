"""Prints what a tear-down has left behind; nothing if all is as at the start."""

import json
import sys
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
cloud = json.load(opener.open(sys.argv[1] + "/_drydock/cloud"))
left = [repository["name"] for repository in cloud["repositories"]]
left += [balancer["name"] for balancer in cloud["loadBalancers"]]
left += [group["name"] for group in cloud["targetGroups"]]
left += [cluster["name"] for cluster in cloud["clusters"] if cluster["status"] != "INACTIVE"]
left += [service["name"] for service in cloud["services"] if service["status"] != "INACTIVE"]
left += [task["arn"] for task in cloud["tasks"] if task["lastStatus"] != "STOPPED"]
left += [vpc["id"] for vpc in cloud["vpcs"] if not vpc["default"]]
print(" ".join(left), end="")
