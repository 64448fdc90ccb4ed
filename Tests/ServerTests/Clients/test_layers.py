"""An image that comes through ECR's own calls, and goes out again."""

import hashlib
import json
import unittest
import urllib.error
import urllib.request

from drydock import Server

PART = 5 << 20


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Layers(unittest.TestCase):
    def upload(self, ecr, content):
        upload = ecr.initiate_layer_upload(repositoryName="web")["uploadId"]
        for first in range(0, len(content), PART):
            part = content[first:first + PART]
            answer = ecr.upload_layer_part(
                repositoryName="web", uploadId=upload, partFirstByte=first,
                partLastByte=first + len(part) - 1, layerPartBlob=part)
            self.assertEqual(answer["lastByteReceived"], first + len(part) - 1)
        return ecr.complete_layer_upload(
            repositoryName="web", uploadId=upload, layerDigests=[digest(content)])["layerDigest"]

    def get(self, url):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url) as answer:
            return answer.read()

    def test_what_goes_in_comes_out(self):
        layer = bytes(range(256)) * (PART // 256 + 100)
        configuration = json.dumps({"architecture": "amd64", "config": {}}).encode()
        with Server() as server:
            ecr = server.client("ecr")
            ecr.create_repository(repositoryName="web")
            for content in (layer, configuration):
                self.assertEqual(self.upload(ecr, content), digest(content))
            manifest = json.dumps({
                "schemaVersion": 2,
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "config": {"digest": digest(configuration), "size": len(configuration)},
                "layers": [{"digest": digest(layer), "size": len(layer)}]})
            ecr.put_image(repositoryName="web", imageManifest=manifest, imageTag="v1")
            url = ecr.get_download_url_for_layer(
                repositoryName="web", layerDigest=digest(layer))["downloadUrl"]
            self.assertEqual(self.get(url), layer)
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.get(url.replace("signature=", "signature=0"))
            refused.exception.close()
            self.assertNotEqual(refused.exception.code, 200)

    def test_a_part_that_does_not_fit_says_where_to_go_on(self):
        with Server() as server:
            ecr = server.client("ecr")
            ecr.create_repository(repositoryName="web")
            upload = ecr.initiate_layer_upload(repositoryName="web")["uploadId"]
            ecr.upload_layer_part(
                repositoryName="web", uploadId=upload, partFirstByte=0, partLastByte=2,
                layerPartBlob=b"abc")
            with self.assertRaises(ecr.exceptions.InvalidLayerPartException) as refused:
                ecr.upload_layer_part(
                    repositoryName="web", uploadId=upload, partFirstByte=9, partLastByte=9,
                    layerPartBlob=b"d")
            self.assertEqual(refused.exception.response["lastValidByteReceived"], 2)


if __name__ == "__main__":
    unittest.main()
