"""The registry by ECR's rules: logins, names, and the same images through both of its faces."""

import base64
import json
import tempfile
import unittest
import urllib.request

from drydock import REGION, Server, Site
from registry import MANIFEST, Image, Registry, digest

ACCOUNT = "000000000000"
OTHER = "222222222222"


class Logins(unittest.TestCase):
    def test_whoever_has_no_login_is_challenged_everywhere(self):
        with Server() as server:
            registry = Registry(server)
            server.client("ecr").create_repository(repositoryName="web")
            for method, path in [
                    ("GET", "/v2/"), ("GET", "/v2"), ("GET", "/v2/web/tags/list"),
                    ("GET", "/v2/none/tags/list"), ("GET", "/v2/what/is/this"),
                    ("HEAD", "/v2/web/manifests/latest"), ("POST", "/v2/web/blobs/uploads/"),
                    ("PUT", "/v2/web/manifests/latest"), ("DELETE", "/v2/web/manifests/latest")]:
                answer = registry.send(method, path, b"x" * 100_000 if method == "PUT" else None,
                                       login=False)
                self.assertEqual(answer.status, 401, path)
                self.assertEqual(answer["Www-Authenticate"],
                                 f'Basic realm="http://localhost:{server.port}/",'
                                 'service="ecr.amazonaws.com"')
                self.assertEqual(answer["Docker-Distribution-Api-Version"], "registry/2.0")
                self.assertEqual(answer["Content-Length"], "15")
                if method != "HEAD":
                    self.assertEqual(answer.body, b"Not Authorized\n")
            self.assertEqual(server.client("ecr").list_images(repositoryName="web")["imageIds"], [])

    def test_a_login_that_was_not_given_out_is_none(self):
        with Server() as server:
            registry = Registry(server)
            whole = base64.b64decode(registry.token)
            text = json.loads(base64.b64decode(whole.split(b":", 1)[1]))
            text["payload"] = base64.b64encode(base64.b64decode(text["payload"]).replace(
                ACCOUNT.encode(), OTHER.encode())).decode()
            forged = base64.b64encode(
                b"AWS:" + base64.b64encode(json.dumps(text).encode())).decode()
            for token in ("", "x", "QVdTOng=", registry.token[:-8], forged,
                          base64.b64encode(whole.replace(b"AWS:", b"aws:")).decode()):
                answer = registry.send(
                    "GET", "/v2/", headers={"Authorization": f"Basic {token}"}, login=False)
                self.assertEqual(answer.status, 401, token)
            answer = registry.send(
                "GET", "/v2/", headers={"Authorization": f"Bearer {registry.token}"}, login=False)
            self.assertEqual(answer.status, 401)
            answer = registry.send(
                "GET", "/v2/", headers={"Authorization": f"basic {registry.token}"}, login=False)
            self.assertEqual(answer.status, 200)

    def test_a_login_is_good_for_twelve_hours(self):
        with Server("--clock", "manual") as server:
            registry = Registry(server)
            server.client("ecr").create_repository(repositoryName="web")
            server.advance(12 * 3600 - 1)
            location = registry.start("web")
            server.advance(1)
            for method, path, body in [
                    ("GET", "/v2/", None), ("PUT", f"{location}?digest={digest(b'a')}", b"a"),
                    ("POST", "/v2/web/blobs/uploads/", None)]:
                answer = registry.send(method, path, body)
                self.assertEqual(answer.status, 403)
                self.assertEqual(answer.error, (
                    "DENIED",
                    "Your authorization token has expired. Reauthenticate and try again."))
            known = server.client("ecr").batch_check_layer_availability(
                repositoryName="web", layerDigests=[digest(b"a")])["layers"][0]
            self.assertEqual(known["layerAvailability"], "UNAVAILABLE")
            self.assertEqual(Registry(server).send("GET", "/v2/").status, 200)

    def test_a_login_belongs_to_a_region(self):
        with Server() as server:
            for domain in ("amazonaws.com", "localhost"):
                here = Registry(server, host=f"{ACCOUNT}.dkr.ecr.{REGION}.{domain}")
                self.assertEqual(here.send("GET", "/v2/").status, 200)
                there = Registry(server, host=f"{ACCOUNT}.dkr.ecr.eu-west-1.{domain}")
                self.assertEqual(there.send("GET", "/v2/").status, 401)


class Names(unittest.TestCase):
    def test_every_spelling_is_the_same_repository(self):
        image = Image("v1")
        with Server() as server:
            ecr = server.client("ecr")
            uri = ecr.create_repository(repositoryName="team/web")["repository"]["repositoryUri"]
            self.assertEqual(uri, f"localhost:{server.port}/team/web")
            self.assertEqual(Registry(server).push("team/web", image).status, 201)
            for host in (f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com",
                         f"{ACCOUNT}.dkr.ecr.{REGION}.localhost:{server.port}", "127.0.0.1"):
                registry = Registry(server, host=host)
                pulled = registry.pull("team/web", "latest")
                self.assertEqual(pulled, [image.manifest, *image.blobs], host)
                location = registry.start("team/web")
                self.assertTrue(location.startswith(f"http://{host}/v2/team/web/"), location)

    def test_the_registry_can_be_named_by_subdomain(self):
        with Server("--registry-host", "subdomain") as server:
            name = f"{ACCOUNT}.dkr.ecr.{REGION}.localhost:{server.port}"
            uri = server.client("ecr").create_repository(
                repositoryName="web")["repository"]["repositoryUri"]
            self.assertEqual(uri, f"{name}/web")
            self.assertEqual(Registry(server, host=name).push("web", Image("v1")).status, 201)

    def test_names_that_lead_elsewhere_are_refused(self):
        with Server() as server:
            registry = Registry(server)
            for name in ("..", "../..", "a/../../b", "a/..%2f..%2fetc", "%2e%2e/%2e%2e", "Web",
                         "a//b", "a/", "-a", "a" * 257, "w%00b", "a%20b"):
                for method, rest in [("POST", "blobs/uploads/"), ("GET", "manifests/latest"),
                                     ("PUT", "manifests/latest"), ("GET", "tags/list"),
                                     ("GET", f"blobs/{digest(b'a')}")]:
                    answer = registry.send(method, f"/v2/{name}/{rest}", b"{}")
                    self.assertIn(answer.status, (400, 404), (name, rest))
            answer = registry.send("POST", "/v2/../web/blobs/uploads/")
            self.assertEqual(answer.error[0], "NAME_INVALID")
            self.assertEqual(registry.send("GET", "/v2/_catalog").json["repositories"], [])

    def test_an_upload_is_found_by_its_id_alone(self):
        with Server() as server:
            registry = Registry(server)
            server.client("ecr").create_repository(repositoryName="web")
            for upload in ("..", "..%2f..%2fetc%2fpasswd", "1", "%00"):
                answer = registry.send("PATCH", f"/v2/web/blobs/uploads/{upload}", b"a")
                self.assertIn(answer.status, (400, 404), upload)


class BothFaces(unittest.TestCase):
    """What comes by docker's way goes by ECR's calls, and the other way round."""

    def setUp(self):
        self.server = Server("--clock", "manual")
        self.addCleanup(self.server.stop)
        self.ecr = self.server.client("ecr")
        self.registry = Registry(self.server)
        self.ecr.create_repository(repositoryName="web")

    def push(self, image, tag="latest", name="web"):
        answer = self.registry.push(name, image, tag)
        self.assertEqual(answer.status, 201, answer.body)

    def details(self):
        return {one["imageDigest"]: one
                for one in self.ecr.describe_images(repositoryName="web")["imageDetails"]}

    def test_what_docker_pushes_ecr_describes(self):
        image = Image("v1")
        self.push(image, "v1")
        found = self.details()[image.digest]
        self.assertEqual(found["imageTags"], ["v1"])
        self.assertEqual(found["imageSizeInBytes"], sum(map(len, image.blobs)))
        self.assertEqual(found["imageManifestMediaType"], MANIFEST)
        got = self.ecr.batch_get_image(
            repositoryName="web", imageIds=[{"imageTag": "v1"}])["images"][0]
        self.assertEqual(got["imageManifest"].encode(), image.manifest)
        layer = image.layers[0]
        known = self.ecr.batch_check_layer_availability(
            repositoryName="web", layerDigests=[digest(layer)])["layers"][0]
        self.assertEqual(known["layerSize"], len(layer))
        url = self.ecr.get_download_url_for_layer(
            repositoryName="web", layerDigest=digest(layer))["downloadUrl"]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url) as answer:
            self.assertEqual(answer.read(), layer)

    def test_what_ecr_takes_docker_pulls(self):
        site = Site(self.server, "site")
        site.push("v1")
        manifest, config, layer = self.registry.pull("site", "latest")
        self.assertEqual(json.loads(manifest)["config"]["digest"], digest(config))
        self.assertEqual(layer, b"the program, v1 [('org.opencontainers.image.version', 'v1')]")

    def test_an_upload_can_go_on_by_the_other_way(self):
        part = b"x" * (5 << 20)
        upload = self.ecr.initiate_layer_upload(repositoryName="web")["uploadId"]
        self.ecr.upload_layer_part(
            repositoryName="web", uploadId=upload, partFirstByte=0, partLastByte=len(part) - 1,
            layerPartBlob=part)
        path = f"/v2/web/blobs/uploads/{upload}"
        self.assertEqual(self.registry.send("GET", path)["Range"], f"0-{len(part) - 1}")
        self.assertEqual(self.registry.send("PATCH", path, b"yz").status, 202)
        self.ecr.upload_layer_part(
            repositoryName="web", uploadId=upload, partFirstByte=len(part) + 2,
            partLastByte=len(part) + 2, layerPartBlob=b"!")
        whole = part + b"yz!"
        done = self.ecr.complete_layer_upload(
            repositoryName="web", uploadId=upload, layerDigests=[digest(whole)])
        self.assertEqual(done["layerDigest"], digest(whole))
        self.assertEqual(self.registry.get(f"/v2/web/blobs/{digest(whole)}").body, whole)

    def test_a_tag_moves_and_the_old_image_stays_untagged(self):
        old, new = Image("v1"), Image("v2")
        self.push(old)
        self.push(new)
        details = self.details()
        self.assertNotIn("imageTags", details[old.digest])
        self.assertEqual(details[new.digest]["imageTags"], ["latest"])
        self.assertEqual(self.registry.pull("web", old.digest)[0], old.manifest)

    def test_the_same_again_is_no_failure_by_docker_and_one_by_ecr(self):
        image = Image("v1")
        self.push(image)
        self.push(image)
        with self.assertRaises(self.ecr.exceptions.ImageAlreadyExistsException):
            self.ecr.put_image(
                repositoryName="web", imageManifest=image.manifest.decode(), imageTag="latest")

    def refused(self, image, tag):
        answer = self.registry.push("web", image, tag)
        self.assertEqual(answer.status, 400)
        self.assertEqual(answer.error, (
            "TAG_INVALID", f"The image tag '{tag}' already exists in the 'web' repository and "
            "cannot be overwritten because the repository is immutable."))
        with self.assertRaises(self.ecr.exceptions.ImageTagAlreadyExistsException):
            self.ecr.put_image(
                repositoryName="web", imageManifest=image.manifest.decode(), imageTag=tag)

    def test_an_immutable_tag_is_refused(self):
        self.ecr.put_image_tag_mutability(repositoryName="web", imageTagMutability="IMMUTABLE")
        self.push(Image("v1"), "v1")
        self.refused(Image("v2"), "v1")
        # By docker also with the same content: ecr.md section 10.1.
        self.assertEqual(self.registry.push("web", Image("v1"), "v1").error[0], "TAG_INVALID")
        self.push(Image("v2"), "v2")
        self.ecr.batch_delete_image(repositoryName="web", imageIds=[{"imageTag": "v1"}])
        self.push(Image("v3"), "v1")

    def test_exclusions_turn_the_rule_round(self):
        for mode, movable, fixed in [
                ("IMMUTABLE_WITH_EXCLUSION", "latest-a", "v1"),
                ("MUTABLE_WITH_EXCLUSION", "v1", "latest-a")]:
            self.ecr.delete_repository(repositoryName="web", force=True)
            self.ecr.create_repository(
                repositoryName="web", imageTagMutability=mode,
                imageTagMutabilityExclusionFilters=[
                    {"filterType": "WILDCARD", "filter": "latest*"}])
            for tag in (movable, fixed):
                self.push(Image("v1"), tag)
            self.push(Image("v2"), movable)
            self.refused(Image("v2"), fixed)

    def test_lifecycle_policies_expire_what_docker_pushed(self):
        images = [Image(f"v{number}") for number in range(4)]
        for number, image in enumerate(images):
            self.push(image, f"v{number}")
            self.server.advance(60)
        policy = {"rules": [{
            "rulePriority": 1, "selection": {
                "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 2},
            "action": {"type": "expire"}}]}
        self.ecr.put_lifecycle_policy(
            repositoryName="web", lifecyclePolicyText=json.dumps(policy))
        self.server.advance(24 * 3600 + 1)
        self.registry = Registry(self.server)
        self.assertEqual(self.registry.send("GET", "/v2/web/tags/list").json["tags"], ["v2", "v3"])
        answer = self.registry.send("GET", f"/v2/web/manifests/{images[0].digest}")
        self.assertEqual(answer.status, 404)

    def test_a_template_makes_the_repository_that_is_pushed_to(self):
        answer = self.registry.send("POST", "/v2/team/new/blobs/uploads/")
        self.assertEqual((answer.status, answer.error[0]), (404, "NAME_UNKNOWN"))
        self.ecr.create_repository_creation_template(
            prefix="team", appliedFor=["CREATE_ON_PUSH"], imageTagMutability="IMMUTABLE")
        self.push(Image("v1"), "v1", "team/new")
        made = self.ecr.describe_repositories(repositoryNames=["team/new"])["repositories"][0]
        self.assertEqual(made["imageTagMutability"], "IMMUTABLE")
        self.assertEqual(self.registry.push("team/new", Image("v2"), "v1").status, 400)
        answer = self.registry.send("POST", "/v2/other/new/blobs/uploads/")
        self.assertEqual((answer.status, answer.error[0]), (404, "NAME_UNKNOWN"))

    def test_a_label_that_makes_no_sense_is_refused_in_words(self):
        answer = self.registry.push("web", Image("v1", boot="soon"))
        self.assertEqual((answer.status, answer.error[0]), (400, "MANIFEST_INVALID"))
        self.assertIn("drydock.boot", answer.error[1])
        self.assertEqual(self.details(), {})

    def test_pulls_leave_a_trace(self):
        image = Image("v1")
        self.push(image)
        self.assertNotIn("lastRecordedPullTime", self.details()[image.digest])
        self.registry.send("HEAD", "/v2/web/manifests/latest")
        self.assertNotIn("lastRecordedPullTime", self.details()[image.digest])
        self.registry.pull("web", "latest")
        self.assertIn("lastRecordedPullTime", self.details()[image.digest])

    def test_an_archived_image_cannot_be_pulled(self):
        self.push(Image("v1"))
        self.ecr.update_image_storage_class(
            repositoryName="web", imageId={"imageTag": "latest"}, targetStorageClass="ARCHIVE")
        answer = self.registry.send("GET", "/v2/web/manifests/latest")
        self.assertEqual((answer.status, answer.error[0]), (404, "MANIFEST_UNKNOWN"))


class Policies(unittest.TestCase):
    """Repository policies: ecr.md section 12."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.stop)
        self.ecr = self.server.client("ecr")
        self.ecr.create_repository(repositoryName="web")
        self.own = Registry(self.server)
        self.image = Image("v1")
        self.own.push("web", self.image)
        host = f"{ACCOUNT}.dkr.ecr.{REGION}.localhost:{self.server.port}"
        self.other = Registry(self.server, OTHER, host)
        self.theirs = self.server.client("ecr", OTHER)

    def policy(self, *statements):
        self.ecr.set_repository_policy(repositoryName="web", policyText=json.dumps({
            "Version": "2012-10-17", "Statement": [
                {"Effect": effect, "Principal": principal, "Action": actions}
                for effect, principal, actions in statements]}))

    def denied(self, answer, action):
        self.assertEqual(answer.status, 403)
        code, message = answer.error
        self.assertEqual(code, "DENIED")
        self.assertIn(f"is not authorized to perform: ecr:{action} on resource: "
                      f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/web", message)

    def test_another_account_is_refused_and_leaves_nothing(self):
        self.denied(self.other.send("POST", "/v2/web/blobs/uploads/"), "InitiateLayerUpload")
        location = self.own.start("web").replace("localhost:", f"{self.other.host.split(':')[0]}:")
        body = b"not yours"
        for method, path, action in [
                ("PATCH", location, "UploadLayerPart"),
                ("PUT", f"{location}?digest={digest(body)}", "UploadLayerPart"),
                ("PUT", "/v2/web/manifests/latest", "PutImage"),
                ("GET", "/v2/web/manifests/latest", "BatchGetImage"),
                ("GET", "/v2/web/tags/list", "ListImages"),
                ("DELETE", "/v2/web/manifests/latest", "BatchDeleteImage")]:
            self.denied(self.other.send(method, path, body if method == "PATCH" else
                                        self.image.manifest if action == "PutImage" else None),
                        action)
        self.assertEqual(self.own.send("HEAD", f"/v2/web/blobs/{digest(body)}").status, 404)
        self.assertEqual(self.own.pull("web", "latest")[0], self.image.manifest)
        with self.assertRaises(self.theirs.exceptions.ClientError) as refused:
            self.theirs.list_images(repositoryName="web", registryId=ACCOUNT)
        self.assertEqual(refused.exception.response["Error"]["Code"], "AccessDeniedException")

    def test_a_policy_opens_a_repository(self):
        pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        self.policy(("Allow", {"AWS": f"arn:aws:iam::{OTHER}:root"}, pull))
        self.assertEqual(self.other.pull("web", "latest"),
                         [self.image.manifest, *self.image.blobs])
        got = self.theirs.batch_get_image(
            repositoryName="web", registryId=ACCOUNT, imageIds=[{"imageTag": "latest"}])
        self.assertEqual(len(got["images"]), 1)
        self.denied(self.other.send("POST", "/v2/web/blobs/uploads/"), "InitiateLayerUpload")
        self.policy(("Allow", "*", "ecr:*"))
        self.assertEqual(self.other.push("web", Image("v2"), "v2").status, 201)
        self.assertEqual(self.own.send("GET", "/v2/web/tags/list").json["tags"], ["latest", "v2"])

    def test_a_policy_closes_a_repository_to_its_own_account(self):
        self.policy(("Deny", "*", "ecr:PutImage"))
        answer = self.own.push("web", Image("v2"))
        self.denied(answer, "PutImage")
        self.assertTrue(answer.error[1].endswith("with an explicit deny in a resource-based policy"))
        self.assertEqual(self.own.pull("web", "latest")[0], self.image.manifest)
        self.ecr.delete_repository_policy(repositoryName="web")
        self.assertEqual(self.own.push("web", Image("v2")).status, 201)


class Simulated(unittest.TestCase):
    """What an image means to those who run it."""

    def site(self, server, image, count=1):
        site = Site(server)
        self.assertEqual(Registry(server).push("web", image).status, 201)
        site.network()
        site.balance(delay=30, interval=10, healthy=2)
        site.register()
        site.serve(count)
        return site

    def test_a_wrong_architecture_fails_the_task(self):
        with Server() as server:
            site = self.site(server, Image("v1", architecture="arm64"))
            server.advance(300)
            tasks = site.ecs.list_tasks(cluster="web", desiredStatus="STOPPED")["taskArns"]
            self.assertTrue(tasks)
            task = site.ecs.describe_tasks(cluster="web", tasks=tasks)["tasks"][0]
            self.assertIn("image Manifest does not contain descriptor matching platform "
                          "'linux/amd64'", task["stoppedReason"])

    def pulled(self, image, *options):
        """How long the first task pulls, and how long it boots from then on."""
        with Server("--clock", "manual", *options) as server:
            site = self.site(server, image)
            server.advance(400)
            tasks = site.ecs.list_tasks(cluster="web")["taskArns"]
            task = site.ecs.describe_tasks(cluster="web", tasks=tasks)["tasks"][0]
            pull = (task["pullStoppedAt"] - task["pullStartedAt"]).total_seconds()
            facts = server.control("timeline")["facts"]
            at = {fact["kind"]: fact["at"] for fact in reversed(facts)
                  if fact.get("task") == task["taskArn"] and fact.get("to", "RUNNING") == "RUNNING"}
            return pull, at["taskListening"] - at["taskMoved"]

    def test_size_is_the_time_of_a_pull_and_labels_are_behaviour(self):
        small, quick = self.pulled(Image("v1", boot="1"))
        large, slow = self.pulled(Image("v1", layers=[bytes(64 << 20)], boot="10"))
        # 1/30 to 1/24 s for each MiB; four times as long to boot with a quarter of a vCPU.
        self.assertTrue(64 / 30 - 0.01 <= large - small <= 64 / 24 + 0.01, (large, small))
        self.assertAlmostEqual(quick, 4, places=2)
        self.assertAlmostEqual(slow, 40, places=2)

    def test_a_file_of_profiles_says_what_labels_do_not(self):
        with tempfile.NamedTemporaryFile("w") as profiles:
            profiles.write("# of images that are not ours\n[web]\nboot = 3\n"
                           "[web:latest]\nboot = 5\n[other]\nboot = 9\n")
            profiles.flush()
            _, boot = self.pulled(Image("v1", boot="1"), "--profiles", profiles.name)
        self.assertAlmostEqual(boot, 20, places=2)

    def test_the_exercise_with_images_pushed_over_the_wire(self):
        """Two versions, a forced deployment, and both seen through the balancer by digest."""
        old, new = Image("v1", boot="5"), Image("v2", boot="5")
        with Server("--clock", "manual") as server:
            site = self.site(server, old, count=2)
            server.advance(300)

            def seen():
                connection = server.connection()
                digests = []
                for _ in range(8):
                    connection.request(
                        "GET", "/", headers={"Host": site.dns, "Accept": "application/json"})
                    answer = connection.getresponse()
                    page = json.loads(answer.read())
                    self.assertEqual(answer.status, 200)
                    digests.append((page["version"], page["imageDigest"]))
                connection.close()
                return set(digests)

            self.assertEqual(seen(), {("v1", old.digest)})
            self.assertEqual(Registry(server).push("web", new).status, 201)
            server.advance(120)
            self.assertEqual(seen(), {("v1", old.digest)}, "a push alone deploys nothing")
            site.update(forceNewDeployment=True)
            rounds = []
            for _ in range(80):
                server.advance(5)
                rounds.append(seen())
            self.assertIn({("v1", old.digest), ("v2", new.digest)}, rounds)
            self.assertEqual(rounds[-1], {("v2", new.digest)})
            measured = server.deployments()[-1]
            self.assertEqual(measured["outcome"], "COMPLETED")
            self.assertGreater(measured["bothVersions"]["seconds"], 0)
            self.assertEqual(measured["noVersion"]["seconds"], 0)
            self.assertIn("image", measured["updated"])


if __name__ == "__main__":
    unittest.main()
