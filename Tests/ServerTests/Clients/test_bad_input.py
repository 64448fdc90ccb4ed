"""Requests that make no sense: a protocol error each, and the server lives on."""

import json
import re
import socket
import time
import unittest

from drydock import Server

ECS = "X-Amz-Target: AmazonEC2ContainerServiceV20141113."
JSON = "Content-Type: application/x-amz-json-1.1"
FORM = "Content-Type: application/x-www-form-urlencoded"
ELB = b"Version=2015-12-01&Action="


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        assert cls.server.process.poll() is None, "the server has ended"
        cls.server.stop()

    def send(self, body, *headers, length=None, line="POST / HTTP/1.1", half_close=False):
        """Status, content type and body of the answer; `None` if there was none."""
        length = len(body) if length is None else length
        lines = [line, "Host: 127.0.0.1", *headers, f"Content-Length: {length}", "", ""]
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as connection:
            try:
                connection.sendall("\r\n".join(lines).encode("latin-1") + body)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            answer = b""
            while True:
                try:
                    part = connection.recv(65536)
                except OSError:
                    break
                answer += part
                head, found, rest = answer.partition(b"\r\n\r\n")
                size = re.search(rb"(?i)content-length: (\d+)", head)
                if not part or found and size and len(rest) >= int(size[1]):
                    break
        if not answer:
            return None
        head, _, rest = answer.partition(b"\r\n\r\n")
        kind = re.search(rb"(?i)content-type: ([^\r]+)", head)
        return int(head.split()[1]), kind[1].decode() if kind else "", rest

    def check_json(self, answer, code, status=400):
        self.assertIsNotNone(answer)
        self.assertEqual(answer[0], status, answer)
        self.assertIn("json", answer[1])
        self.assertEqual(json.loads(answer[2])["__type"].split("#")[-1], code)

    def check_xml(self, answer, code, status=400):
        self.assertIsNotNone(answer)
        self.assertEqual(answer[0], status, answer)
        self.assertIn("xml", answer[1])
        self.assertIn(f"<Code>{code}</Code>".encode(), answer[2])

    def tearDown(self):
        self.assertEqual(self.server.control("health"), {"status": "ok"})

    def test_json_that_is_none(self):
        for body in [b"{", b"[]", b"1", b'{"a":}', b'{"clusters":["a"', b"\xff\xfe", b"{}{}",
                     b'{"cluster":"\xc3\x28"}', b'{"a":"\\ud800"}', b"\x00" * 10, b"nul"]:
            self.check_json(self.send(body, JSON, ECS + "ListTasks"), "SerializationException")

    def test_deep_nesting(self):
        for body in [b"[" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000]:
            self.check_json(self.send(body, JSON, ECS + "ListTasks"), "SerializationException")
        body = ELB + b"DescribeTags&" + b"a." * 5000 + b"b=1"
        self.assertIn(self.send(body, FORM)[0], (400, 413))

    def test_ten_megabytes(self):
        body = json.dumps({"clusters": ["a" * 100] * 100_000}).encode()
        answer = self.send(body, JSON, ECS + "DescribeClusters")
        self.assertIn(answer[0], (200, 400))
        json.loads(answer[2])

    def test_too_large(self):
        answer = self.send(b"{", JSON, ECS + "ListTasks", length=1 << 40)
        self.check_json(answer, "RequestEntityTooLarge", 413)
        answer = self.send(ELB + b"DescribeTags&a=" + b"b" * (5 << 20), FORM)
        self.check_xml(answer, "RequestEntityTooLarge", 413)

    def test_truncated(self):
        # Often, because the answer was once overtaken by the end of what is read, now and then.
        for _ in range(100):
            answer = self.send(b'{"cluster"', JSON, ECS + "ListTasks", length=100, half_close=True)
            self.check_json(answer, "SerializationException")

    def test_sends_no_more(self):
        for _ in range(100):
            answer = self.send(b"{}", JSON, ECS + "ListClusters", half_close=True)
            self.assertIsNotNone(answer)
            self.assertEqual(answer[0], 200, answer)

    def test_unknown(self):
        self.check_json(self.send(b"{}", JSON, ECS + "MakeCoffee"), "UnknownOperationException")
        self.check_json(self.send(b"{}", JSON, "X-Amz-Target: Coffee_1.Make"),
                        "UnknownOperationException")
        self.check_json(self.send(b"{}", JSON, "X-Amz-Target: "), "UnknownOperationException")
        self.check_json(self.send(b"{}", JSON, "X-Amz-Target: nodot"), "UnknownOperationException")
        self.check_xml(self.send(ELB + b"MakeCoffee", FORM), "InvalidAction")
        self.check_xml(self.send(b"Action=ListQueues&Version=2012-11-05", FORM),
                       "UnsupportedOperation", 501)

    def test_not_here_yet(self):
        self.check_json(self.send(b"{}", JSON, ECS + "CreateDaemon"),
                        "UnsupportedOperationException", 501)

    def test_wrong_content_types(self):
        self.check_json(self.send(b"<a/>", "Content-Type: text/xml", ECS + "ListTasks"),
                        "UnsupportedMediaTypeException", 415)
        self.assertEqual(self.send(b"{}", "Content-Type: application/json")[0], 404)
        self.assertEqual(self.send(b"\x00\x01", "Content-Type: image/png")[0], 404)
        self.check_xml(self.send(b"%zz=1&Version=2015-12-01&Action=DescribeTags", FORM),
                       "MalformedQueryString")

    def test_cbor(self):
        path = "/service/GraniteServiceVersion20100801/operation/ListMetrics"
        answer = self.send(b"\xa0", "Content-Type: application/cbor",
                           "Smithy-Protocol: rpc-v2-cbor", line=f"POST {path} HTTP/1.1")
        self.assertEqual(answer[1], "application/cbor")
        self.assertIn(b"CBOR", answer[2])

    def test_what_is_not_http(self):
        for data in [b"\x16\x03\x01\x02\x00\x01\x00", b"GARBAGE\r\n\r\n", b"\r\n" * 100,
                     b"GET / HTTP/9.9\r\n\r\n", b"A" * 100_000,
                     b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
                     b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                     b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"]:
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as peer:
                try:
                    peer.sendall(data)
                    peer.shutdown(socket.SHUT_WR)
                    answer = peer.recv(4096)
                except OSError:
                    continue
                self.assertTrue(not answer or re.match(rb"HTTP/1.1 4\d\d", answer), answer)

    def test_slow_clients_keep_nobody_waiting(self):
        slow = []
        for _ in range(50):
            peer = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
            peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{")
            slow.append(peer)
        began = time.monotonic()
        self.check_json(self.send(b"{", JSON, ECS + "ListTasks"), "SerializationException")
        self.assertLess(time.monotonic() - began, 2)
        for peer in slow:
            peer.close()


if __name__ == "__main__":
    unittest.main()
