import Experiments
import Testing

@testable import Reports

struct JSONTests {
    @Test func deploymentHasTheKeysThatScriptsRelyOn() {
        let keys = Examples.refcard.json().matches(of: /\n      "([A-Za-z]+)":/).map {
            String($0.1)
        }
        #expect(
            keys == [
                "service", "strategy", "outcome", "startedAt", "firstAnswerNew", "lastAnswerOld",
                "completedAt", "steadyAt", "bothVersions", "bothVersionsKeptConnections",
                "noVersion", "degraded", "restartSeconds", "updated", "phases", "probe", "events",
                "costUSD",
            ])
    }

    @Test func escapesWhatJSONForbids() {
        let text = JSON.array([.string("\"\\\n\u{1}/é\u{7F}"), .null, .object([:]), .array([])])
        #expect(text.text() == "[\n  \"\\\"\\\\\\n\\u0001/é\u{7F}\",\n  null,\n  {},\n  []\n]\n")
    }

    @Test func deploymentsAloneAreTheSameObjects() {
        let alone = DeploymentResult.json(Examples.two.deployments)
        let lines = Examples.two.json().split(separator: "\n").dropFirst(3)
        #expect(alone.split(separator: "\n").dropFirst(1).elementsEqual(lines))
    }
}
