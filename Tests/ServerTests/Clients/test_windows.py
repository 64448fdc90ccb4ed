"""What `/_drydock/deployments` reports is what a client sees that asks every virtual second."""

import unittest

from drydock import Server, Site

# As many as it takes to meet every target through every node.
ASKS = 16

# What differs from the ordinary, by the name of the set-up.
SETUPS = {
    "ordinary": {},
    "one task": {"serve": {"count": 1}},
    "stops first": {"serve": {"count": 2, "minimum": 0, "maximum": 100}},
    "one by one": {"serve": {"count": 4, "minimum": 75, "maximum": 125}},
    "no drain": {"balance": {"delay": 0}},
    "long drain": {"balance": {"delay": 120}},
    "quick checks": {"balance": {"interval": 5, "healthy": 2}},
    "slow boot": {"push": {"boot": "20"}, "serve": {"grace": 300}},
    "zones apart": {"balance": {"cross_zone": False}, "serve": {"count": 4}},
    "ignores SIGTERM": {"push": {"exit": "never"}, "balance": {"delay": 10}},
}


class Windows(unittest.TestCase):
    def test_agree_with_a_client(self):
        with Server("--clock", "manual") as server:
            for name, setup in SETUPS.items():
                with self.subTest(name):
                    server.control("reset", {})
                    self.compare(server, setup)

    def compare(self, server, setup):
        site = Site(server)
        site.push("v1", **setup.get("push", {}))
        site.network()
        site.balance(**setup.get("balance", {}))
        site.register()
        server.advance(150)
        site.serve(**setup.get("serve", {}))
        self.assertTrue(server.control("clock", {"until": "stable"})["stable"])

        site.push("v2", **setup.get("push", {}))
        site.update(forceNewDeployment=True)
        seen = self.watch(server, site)
        measured = server.deployments()[-1]
        self.assertEqual(measured["outcome"], "COMPLETED")
        self.assertEqual(measured["firstAnswerNew"] is None, False)

        new = [at for at, versions in seen if "v2" in versions]
        old = [at for at, versions in seen if "v1" in versions]
        self.assertLessEqual(abs(new[0] - measured["firstAnswerNew"]), 2)
        self.assertLessEqual(abs(old[-1] - measured["lastAnswerOld"]), 2)
        both = sum(1 for _, versions in seen if {"v1", "v2"} <= versions)
        self.assertLessEqual(abs(both - measured["bothVersions"]["seconds"]), 2)
        none = sum(1 for _, versions in seen if not versions)
        self.assertLessEqual(abs(none - measured["noVersion"]["seconds"]), 2)

    def watch(self, server, site):
        """Which versions answered, each second, until the old tasks are gone."""
        seen = []
        for second in range(900):
            answers = site.get(ASKS)
            seen.append((second, {version for _, version in answers if version}))
            clock = server.advance(1)
            if second > 30 and clock["stable"]:
                return seen
        self.fail("the deployment did not end")


if __name__ == "__main__":
    unittest.main()
