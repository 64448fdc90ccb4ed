"""The rules of the OCI Distribution Specification 1.1, each by its name, in the categories of its
conformance suite. Where ECR's own rules differ, the test says so."""

import json
import socket
import time
import unittest

from drydock import Server
from registry import INDEX, MANIFEST, Image, Registry, descriptor, digest

NAME = "team/web"


class Rules(unittest.TestCase):
    """Each test has a repository of its own on one server."""

    repositories = 0

    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        Rules.repositories += 1
        self.name = f"{NAME}{Rules.repositories}"
        self.ecr = self.server.client("ecr")
        self.ecr.create_repository(repositoryName=self.name)
        self.registry = Registry(self.server)
        self.image = Image("v1")

    def send(self, method, path, *more, **options):
        return self.registry.send(method, f"/v2/{self.name}/{path}", *more, **options)

    def push(self, image=None, tag="latest"):
        answer = self.registry.push(self.name, image or self.image, tag)
        self.assertEqual(answer.status, 201, answer.body)
        return answer


class Pull(Rules):
    def test_v2_answers_200(self):
        answer = self.registry.send("GET", "/v2/")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer["Docker-Distribution-Api-Version"], "registry/2.0")

    def test_a_blob_is_pulled_by_digest(self):
        self.push()
        for blob in self.image.blobs:
            answer = self.registry.get(f"/v2/{self.name}/blobs/{digest(blob)}")
            self.assertEqual((answer.status, answer.body), (200, blob))
            self.assertEqual(answer["Docker-Content-Digest"], digest(blob))
            self.assertEqual(int(answer["Content-Length"]), len(blob))

    def test_head_of_a_blob_has_its_length_and_no_body(self):
        self.push()
        answer = self.send("HEAD", f"blobs/{digest(self.image.config)}")
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertEqual(int(answer["Content-Length"]), len(self.image.config))
        self.assertEqual(answer["Docker-Content-Digest"], digest(self.image.config))

    def test_a_blob_that_is_not_there_is_404_blob_unknown(self):
        for method in ("HEAD", "GET"):
            answer = self.send(method, f"blobs/{digest(b'nothing')}")
            self.assertEqual(answer.status, 404)
        self.assertEqual(answer.error[0], "BLOB_UNKNOWN")

    def test_a_range_of_a_blob_is_206(self):
        self.push()
        blob = self.image.config
        path = f"/v2/{self.name}/blobs/{digest(blob)}"
        for header, part in [("bytes=0-4", blob[:5]), ("bytes=5-", blob[5:]),
                             ("bytes=-3", blob[-3:]), (f"bytes=2-{len(blob) + 9}", blob[2:])]:
            answer = self.registry.get(path, {"Range": header})
            self.assertEqual((answer.status, answer.body), (206, part), header)
        answer = self.registry.get(path, {"Range": "bytes=0-4"})
        self.assertEqual(answer["Content-Range"], f"bytes 0-4/{len(blob)}")

    def test_a_range_beyond_a_blob_is_416(self):
        self.push()
        blob = self.image.config
        answer = self.registry.get(
            f"/v2/{self.name}/blobs/{digest(blob)}", {"Range": f"bytes={len(blob)}-"})
        self.assertEqual(answer.status, 416)
        self.assertEqual(answer["Content-Range"], f"bytes */{len(blob)}")

    def test_a_manifest_is_pulled_by_tag_and_by_digest(self):
        self.push(tag="v1")
        for reference in ("v1", self.image.digest):
            for method in ("GET", "HEAD"):
                answer = self.send(method, f"manifests/{reference}", headers={"Accept": MANIFEST})
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer["Docker-Content-Digest"], self.image.digest)
                self.assertEqual(answer["Content-Type"], MANIFEST)
                self.assertEqual(int(answer["Content-Length"]), len(self.image.manifest))
            self.assertEqual(
                self.send("GET", f"manifests/{reference}").body, self.image.manifest)

    def test_a_manifest_that_is_not_there_is_404_manifest_unknown(self):
        for reference in ("none", digest(b"nothing")):
            self.assertEqual(self.send("HEAD", f"manifests/{reference}").status, 404)
            answer = self.send("GET", f"manifests/{reference}")
            self.assertEqual(answer.status, 404)
            self.assertEqual(answer.error, ("MANIFEST_UNKNOWN", "Requested image not found"))

    def test_errors_are_a_list_of_code_and_message(self):
        answer = self.send("GET", "manifests/none")
        self.assertEqual(answer["Content-Type"], "application/json; charset=utf-8")
        self.assertEqual(list(answer.json), ["errors"])

    def test_a_name_that_no_repository_has_is_404_name_unknown(self):
        answer = self.registry.send("GET", "/v2/no/such/manifests/latest")
        self.assertEqual(answer.status, 404)
        self.assertEqual(answer.error, (
            "NAME_UNKNOWN", "The repository with name 'no/such' does not exist in the registry "
            "with id '000000000000'"))


class Push(Rules):
    def setUp(self):
        super().setUp()
        self.blob = bytes(range(256)) * 300

    def expect_there(self, blob=None):
        blob = self.blob if blob is None else blob
        answer = self.registry.get(f"/v2/{self.name}/blobs/{digest(blob)}")
        self.assertEqual((answer.status, answer.body), (200, blob))

    def test_post_then_put_takes_a_whole_blob(self):
        answer = self.send("POST", "blobs/uploads/")
        self.assertEqual(answer.status, 202)
        self.assertEqual(answer["Range"], "0-0")
        self.assertIn(answer["Docker-Upload-Uuid"], answer["Location"])
        answer = self.registry.send(
            "PUT", f"{answer['Location']}?digest={digest(self.blob)}", self.blob)
        self.assertEqual(answer.status, 201)
        self.assertEqual(answer["Docker-Content-Digest"], digest(self.blob))
        self.assertTrue(answer["Location"].endswith(f"/v2/{self.name}/blobs/{digest(self.blob)}"))
        self.expect_there()

    def test_a_single_post_with_a_digest_takes_a_whole_blob(self):
        answer = self.send("POST", f"blobs/uploads/?digest={digest(self.blob)}", self.blob)
        self.assertEqual(answer.status, 201)
        self.expect_there()

    def test_patch_takes_a_stream_of_unknown_length(self):
        location = self.registry.start(self.name)
        answer = self.registry.send(
            "PATCH", location, iter([self.blob[:70_000], self.blob[70_000:]]))
        self.assertEqual(answer.status, 202)
        self.assertEqual(answer["Range"], f"0-{len(self.blob) - 1}")
        answer = self.registry.send("PUT", f"{answer['Location']}?digest={digest(self.blob)}")
        self.assertEqual(answer.status, 201)
        self.expect_there()

    def chunk(self, location, first, last):
        return self.registry.send(
            "PATCH", location, self.blob[first:last],
            {"Content-Range": f"{first}-{last - 1}", "Content-Type": "application/octet-stream"})

    def test_chunks_come_one_after_the_other(self):
        location = self.registry.start(self.name)
        for first, last in [(0, 1000), (1000, 50_000)]:
            answer = self.chunk(location, first, last)
            self.assertEqual(answer.status, 202)
            self.assertEqual(answer["Range"], f"0-{last - 1}")
            location = answer["Location"]
        answer = self.registry.send(
            "PUT", f"{location}?digest={digest(self.blob)}", self.blob[50_000:],
            {"Content-Range": f"50000-{len(self.blob) - 1}"})
        self.assertEqual(answer.status, 201)
        self.expect_there()

    def test_a_chunk_out_of_order_is_416_and_changes_nothing(self):
        location = self.registry.start(self.name)
        self.assertEqual(self.chunk(location, 1000, 2000).status, 416)
        self.assertEqual(self.chunk(location, 0, 1000).status, 202)
        self.assertEqual(self.chunk(location, 0, 1000).status, 416)
        self.assertEqual(self.registry.send("GET", location)["Range"], "0-999")

    def test_get_of_an_upload_says_where_to_go_on(self):
        location = self.registry.start(self.name)
        self.chunk(location, 0, 5000)
        answer = self.registry.send("GET", location)
        self.assertEqual((answer.status, answer["Range"]), (204, "0-4999"))
        answer = self.chunk(answer["Location"], 5000, len(self.blob))
        self.assertEqual(answer.status, 202)
        answer = self.registry.send("PUT", f"{location}?digest={digest(self.blob)}")
        self.assertEqual(answer.status, 201)
        self.expect_there()

    def test_a_cancelled_upload_is_gone(self):
        location = self.registry.start(self.name)
        self.assertEqual(self.registry.send("DELETE", location).status, 204)
        for method in ("GET", "PATCH", "DELETE"):
            answer = self.registry.send(method, location)
            self.assertEqual(answer.status, 404)
            self.assertEqual(answer.error[0], "BLOB_UPLOAD_UNKNOWN")

    def test_another_digest_than_that_of_the_bytes_is_refused_and_nothing_kept(self):
        for body, other in [(self.blob, digest(b"other")), (b"", digest(self.blob))]:
            location = self.registry.start(self.name)
            answer = self.registry.send("PUT", f"{location}?digest={other}", body)
            self.assertEqual((answer.status, answer.error[0]), (400, "DIGEST_INVALID"))
            self.assertEqual(self.send("HEAD", f"blobs/{other}").status, 404)
        self.assertEqual(self.send("HEAD", f"blobs/{digest(self.blob)}").status, 404)

    def test_a_digest_that_is_none_is_refused(self):
        for other in ("", "sha256:abc", "md5:" + "0" * 32, digest(b"").upper(),
                      "sha256:../../../../etc/passwd"):
            location = self.registry.start(self.name)
            answer = self.registry.send("PUT", f"{location}?digest={other}", b"a")
            self.assertEqual((answer.status, answer.error[0]), (400, "DIGEST_INVALID"), other)

    def test_a_client_that_waits_for_a_word_before_it_sends_gets_it(self):
        location = self.registry.start(self.name).split("/", 3)[3]
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as connection:
            connection.sendall((
                f"PUT /{location}?digest={digest(self.blob)} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Basic {self.registry.token}\r\nConnection: close\r\n"
                f"Content-Length: {len(self.blob)}\r\nExpect: 100-continue\r\n\r\n").encode())
            said = connection.recv(1000)
            self.assertEqual(said, b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(self.blob)
            self.assertTrue(connection.recv(1000).startswith(b"HTTP/1.1 201 "))
        self.expect_there()

    def test_what_came_before_a_connection_broke_need_not_be_sent_again(self):
        location = self.registry.start(self.name)
        path = location.split("/", 3)[3]
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as connection:
            connection.sendall((
                f"PATCH /{path} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Basic {self.registry.token}\r\n"
                f"Content-Length: {len(self.blob)}\r\n\r\n").encode() + self.blob[:60_000])
        answer = self.registry.send("GET", location)
        for _ in range(500):
            if answer.status == 204 and answer["Range"] != "0-0":
                break
            time.sleep(0.02)
            answer = self.registry.send("GET", location)
        came = int(answer["Range"].split("-")[1]) + 1
        self.assertTrue(0 < came <= 60_000, came)
        answer = self.registry.send(
            "PATCH", location, self.blob[came:],
            {"Content-Range": f"{came}-{len(self.blob) - 1}"})
        self.assertEqual(answer.status, 202, answer.body)
        answer = self.registry.send("PUT", f"{location}?digest={digest(self.blob)}")
        self.assertEqual(answer.status, 201)
        self.expect_there()

    def test_a_blob_can_be_pushed_twice(self):
        for _ in range(2):
            self.assertEqual(self.registry.push_blob(self.name, self.blob).status, 201)
        self.expect_there()

    def test_mounting_is_off_until_the_account_has_it_on(self):
        self.registry.push_blob(self.name, self.blob)
        self.ecr.create_repository(repositoryName=f"{self.name}/other")
        path = (f"/v2/{self.name}/other/blobs/uploads/?mount={digest(self.blob)}"
                f"&from={self.name}")
        self.assertEqual(self.registry.send("POST", path).status, 202)
        self.ecr.put_account_setting(name="BLOB_MOUNTING", value="ENABLED")
        answer = self.registry.send("POST", path)
        self.assertEqual(answer.status, 201)
        answer = self.registry.get(answer["Location"])
        self.assertEqual(answer.body, self.blob)
        path = path.replace(digest(self.blob), digest(b"unknown"))
        self.assertEqual(self.registry.send("POST", path).status, 202)
        self.ecr.put_account_setting(name="BLOB_MOUNTING", value="DISABLED")

    def test_a_manifest_is_pushed_by_tag(self):
        answer = self.push(tag="v1")
        self.assertEqual(answer["Docker-Content-Digest"], self.image.digest)
        self.assertTrue(answer["Location"].endswith(f"/v2/{self.name}/manifests/v1"))

    def test_a_manifest_is_pushed_by_digest(self):
        self.push(tag=self.image.digest)
        self.assertEqual(self.send("GET", "tags/list").json["tags"], [])
        self.assertEqual(self.send("HEAD", f"manifests/{self.image.digest}").status, 200)

    def test_a_manifest_under_another_digest_is_refused(self):
        self.push(tag="v1")
        answer = self.registry.push_manifest(self.name, digest(b"other"), self.image.manifest)
        self.assertEqual((answer.status, answer.error[0]), (400, "DIGEST_INVALID"))

    def test_a_manifest_without_its_blobs_is_404_manifest_blob_unknown(self):
        answer = self.registry.push_manifest(self.name, "v1", self.image.manifest)
        self.assertEqual(answer.status, 404)
        code, message = answer.error
        self.assertEqual(code, "MANIFEST_BLOB_UNKNOWN")
        self.assertIn(digest(self.image.config), message)
        self.assertEqual(self.send("HEAD", "manifests/v1").status, 404)

    def test_an_index_needs_its_manifests_first(self):
        index = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": [
            descriptor(self.image.manifest, MANIFEST,
                       platform={"architecture": "amd64", "os": "linux"})]}).encode()
        answer = self.registry.push_manifest(self.name, "all", index, INDEX)
        self.assertEqual((answer.status, answer.error[0]), (404, "MANIFEST_BLOB_UNKNOWN"))
        self.push(tag=self.image.digest)
        answer = self.registry.push_manifest(self.name, "all", index, INDEX)
        self.assertEqual(answer.status, 201)
        self.assertEqual(self.send("GET", "manifests/all").body, index)

    def test_what_is_no_manifest_is_400_manifest_invalid(self):
        for body in (b"", b"no JSON", b"[]", b"{}", b'{"mediaType": "a/b"}', b"\xff\xfe"):
            answer = self.registry.push_manifest(self.name, "v1", body, "")
            self.assertEqual((answer.status, answer.error[0]), (400, "MANIFEST_INVALID"), body)

    def test_a_manifest_of_more_than_4_mebibytes_is_413(self):
        self.push()
        for count in (4_194_305, 9 << 20):
            body = self.image.manifest + b" " * (count - len(self.image.manifest))
            answer = self.registry.push_manifest(self.name, "large", body)
            self.assertEqual((answer.status, answer.error[0]), (413, "MANIFEST_INVALID"))
        body = self.image.manifest + b" " * (4_194_304 - len(self.image.manifest))
        self.assertEqual(self.registry.push_manifest(self.name, "large", body).status, 201)
        self.assertEqual(self.send("GET", "manifests/large").body, body)

    def test_a_tag_that_is_none_is_refused(self):
        for blob in self.image.blobs:
            self.registry.push_blob(self.name, blob)
        for tag in (".a", "-a", "a" * 129, "a%20b"):
            answer = self.registry.push_manifest(self.name, tag, self.image.manifest)
            self.assertEqual(answer.status, 400, tag)

    def test_a_subject_is_confirmed_in_the_answer(self):
        self.push()
        answer = self.registry.push_manifest(
            self.name, "signature", artifact(self.image, "application/x-signature"))
        self.assertEqual(answer.status, 404)
        self.registry.push_blob(self.name, b"{}")
        answer = self.registry.push_manifest(
            self.name, "signature", artifact(self.image, "application/x-signature"))
        self.assertEqual((answer.status, answer["OCI-Subject"]), (201, self.image.digest))


def artifact(subject, artifact_type, **annotations):
    return json.dumps({
        "schemaVersion": 2, "mediaType": MANIFEST, "artifactType": artifact_type,
        "config": descriptor(b"{}", "application/vnd.oci.empty.v1+json"),
        "layers": [descriptor(b"{}", "application/vnd.oci.empty.v1+json")],
        "subject": descriptor(subject.manifest, MANIFEST),
        "annotations": annotations}).encode()


class ContentDiscovery(Rules):
    def test_tags_are_listed_in_lexical_order(self):
        for tag in ("b", "B", "a10", "a2", "a"):
            self.push(tag=tag)
        answer = self.send("GET", "tags/list")
        self.assertEqual(answer.json, {
            "name": self.name, "tags": ["B", "a", "a10", "a2", "b"]})
        # Source: ecr.md section 5.7.
        self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")

    def test_n_and_last_are_a_page(self):
        for number in range(7):
            self.push(tag=f"v{number}")
        self.assertEqual(
            self.send("GET", "tags/list?n=3&last=v1").json["tags"], ["v2", "v3", "v4"])
        self.assertEqual(self.send("GET", "tags/list?n=0").json["tags"], [])
        seen, path = [], f"/v2/{self.name}/tags/list?n=3"
        while path:
            answer = self.registry.send("GET", path)
            seen += answer.json["tags"]
            link = answer["Link"]
            path = link and link[1:link.index(">")]
        self.assertEqual(seen, [f"v{number}" for number in range(7)])
        self.assertEqual(self.send("GET", "tags/list?n=many").status, 400)

    def test_tags_of_a_name_that_no_repository_has_are_404(self):
        answer = self.registry.send("GET", "/v2/no/such/tags/list")
        self.assertEqual((answer.status, answer.error[0]), (404, "NAME_UNKNOWN"))

    def test_the_catalog_lists_repositories_page_by_page(self):
        whole = self.registry.send("GET", "/v2/_catalog").json["repositories"]
        self.assertIn(self.name, whole)
        answer = self.registry.send("GET", f"/v2/_catalog?n=1&last={whole[0]}")
        self.assertEqual(answer.json["repositories"], whole[1:2])

    def test_what_nothing_refers_to_has_an_empty_list_of_referrers(self):
        for subject in (self.image.digest, digest(b"never pushed")):
            answer = self.send("GET", f"referrers/{subject}")
            self.assertEqual((answer.status, answer["Content-Type"]), (200, INDEX))
            self.assertEqual(answer.json["manifests"], [])

    def test_referrers_are_listed_with_type_and_annotations(self):
        self.push()
        self.registry.push_blob(self.name, b"{}")
        signature = artifact(self.image, "application/x-signature", by="me")
        bill = artifact(self.image, "application/x-sbom+json")
        for content in (signature, bill):
            self.registry.push_manifest(self.name, digest(content), content)
        found = self.send("GET", f"referrers/{self.image.digest}").json["manifests"]
        self.assertEqual(found, [
            descriptor(signature, MANIFEST, artifactType="application/x-signature",
                       annotations={"by": "me"}),
            descriptor(bill, MANIFEST, artifactType="application/x-sbom+json")])
        for wanted in ("application/x-sbom%2Bjson", "application/x-sbom+json"):
            answer = self.send("GET", f"referrers/{self.image.digest}?artifactType={wanted}")
            self.assertEqual(answer["OCI-Filters-Applied"], "artifactType")
            self.assertEqual([one["digest"] for one in answer.json["manifests"]], [digest(bill)])

    def test_referrers_of_a_digest_that_is_none_are_400(self):
        self.assertEqual(self.send("GET", "referrers/sha256:abc").status, 400)


class ContentManagement(Rules):
    def test_a_manifest_is_deleted_by_digest_with_its_tags(self):
        self.push(tag="v1")
        self.push(tag="v2")
        self.assertEqual(self.send("DELETE", f"manifests/{self.image.digest}").status, 202)
        for reference in ("v1", "v2", self.image.digest):
            self.assertEqual(self.send("GET", f"manifests/{reference}").status, 404)
        self.assertEqual(self.send("GET", "tags/list").json["tags"], [])

    def test_a_tag_is_deleted_alone_while_there_are_others(self):
        """With its last tag ECR deletes the image: ecr.md section 9.1."""
        self.push(tag="v1")
        self.push(tag="v2")
        self.assertEqual(self.send("DELETE", "manifests/v1").status, 202)
        self.assertEqual(self.send("GET", "manifests/v1").status, 404)
        self.assertEqual(self.send("GET", "manifests/v2").status, 200)
        self.assertEqual(self.send("DELETE", "manifests/v2").status, 202)
        self.assertEqual(self.send("GET", f"manifests/{self.image.digest}").status, 404)

    def test_what_is_not_there_is_not_deleted(self):
        for reference in ("none", digest(b"nothing")):
            answer = self.send("DELETE", f"manifests/{reference}")
            self.assertEqual((answer.status, answer.error[0]), (404, "MANIFEST_UNKNOWN"))

    def test_an_image_of_an_index_stays(self):
        """ECR's own rule: ecr.md section 9.3."""
        self.push(tag=self.image.digest)
        index = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": [
            descriptor(self.image.manifest, MANIFEST)]}).encode()
        self.registry.push_manifest(self.name, "all", index, INDEX)
        answer = self.send("DELETE", f"manifests/{self.image.digest}")
        self.assertEqual((answer.status, answer.error[0]), (403, "DENIED"))
        self.assertIn(digest(index), answer.error[1])
        self.assertEqual(self.send("DELETE", f"manifests/{digest(index)}").status, 202)
        self.assertEqual(self.send("DELETE", f"manifests/{self.image.digest}").status, 202)

    def test_blobs_cannot_be_deleted_by_hand(self):
        """ECR cleans up by itself: ecr.md section 6.5."""
        self.push()
        answer = self.send("DELETE", f"blobs/{digest(self.image.config)}")
        self.assertEqual((answer.status, answer.error[0]), (405, "UNSUPPORTED"))
        self.assertEqual(self.registry.pull(self.name, "latest")[1], self.image.config)

    def test_a_deleted_referrer_is_no_longer_listed(self):
        self.push()
        self.registry.push_blob(self.name, b"{}")
        signature = artifact(self.image, "application/x-signature")
        self.registry.push_manifest(self.name, digest(signature), signature)
        self.assertEqual(self.send("DELETE", f"manifests/{digest(signature)}").status, 202)
        found = self.send("GET", f"referrers/{self.image.digest}").json["manifests"]
        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
