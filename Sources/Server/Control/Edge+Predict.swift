import Cloud
import CloudAPI
import Experiments
import HTTPTypes
import HummingbirdCore
import Reports

extension Edge {
    /// `POST predict`: plays a deployment forward on copies of the cloud.
    ///
    /// Not on the world's own time: others are served meanwhile.
    func predict(_ request: Request, _ target: RequestTarget) async throws -> Response {
        let options = try TextOptions(of: request, target)
        let question = try Prediction.Question(try await body(of: request))
        let cloud = await world.snapshot()
        let playing = Task.detached {
            let predictor = try Predictor(question, of: cloud)
            var trials: [Predictor.Trial] = []
            for number in 0..<question.trials {
                try Task.checkCancellation()
                trials.append(try predictor.play(number))
                await Task.yield()
            }
            return predictor.prediction(of: trials)
        }
        let prediction: Prediction
        do {
            prediction = try await withTaskCancellationHandler {
                try await playing.value
            } onCancel: {
                playing.cancel()
            }
        } catch let problem as PredictionProblem {
            throw ControlProblem(400, problem.description)
        }
        return options.map { .text(prediction.text($0)) } ?? .json(text: prediction.json())
    }
}

extension World {
    /// The cloud as it is now.
    func snapshot() -> Cloud {
        catchUp()
        return live.cloud
    }
}

extension TextOptions {
    /// How a text is to look, where one is asked for (`Accept: text/plain`) in place of JSON:
    /// `?language=de&width=100&ascii=true&colour=true`.
    init?(of request: Request, _ target: RequestTarget) throws(ControlProblem) {
        guard request.headers[.accept]?.hasPrefix("text/plain") == true else { return nil }
        self.init()
        for pair in target.query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "language":
                guard let known = Language(rawValue: String(parts[1])) else {
                    throw ControlProblem(400, "\"language\" is en or de.")
                }
                language = known
            case "width":
                guard let columns = Int(parts[1]), (60...1000).contains(columns) else {
                    throw ControlProblem(400, "\"width\" is a number from 60 to 1000.")
                }
                width = columns
            case "ascii": ascii = parts[1] == "true"
            case "colour": colour = parts[1] == "true"
            default: break
            }
        }
    }
}

extension Prediction.Question {
    /// Reads what a client asks.
    init(_ body: WireValue) throws(ControlProblem) {
        guard case .object(let members) = body, case .string(let service)? = body["service"] else {
            throw ControlProblem(
                400,
                "Say which service: {\"service\": \"web\", \"cluster\": \"default\", \"set\": "
                    + "{\"minimumHealthyPercent\": 50}, \"trials\": 100, \"seed\": 1}.")
        }
        self.init(service: service)
        for member in members {
            switch (member.key, member.value) {
            case ("service", _), (_, .null): break
            case ("cluster", .string(let text)): cluster = text
            case ("account", .string(let text)): account = text
            case ("region", .string(let text)): region = text
            case ("set", let value): settings = try Self.settings(value)
            case ("trials", .int(let number)): trials = number
            case ("seed", .int(let number)) where number >= 0: seed = UInt64(number)
            case ("new", .bool(let isNew)): forcesNew = isNew
            case ("by", .string(let text)) where Watch.Version(rawValue: text) != nil:
                by = Watch.Version(rawValue: text)!
            case ("cluster", _), ("account", _), ("region", _):
                throw ControlProblem(400, "\"\(member.key)\" is a string.")
            case ("trials", _), ("seed", _):
                throw ControlProblem(400, "\"\(member.key)\" is a whole number.")
            case ("new", _): throw ControlProblem(400, "\"new\" is true or false.")
            case ("by", _): throw ControlProblem(400, "\"by\" is version or revision.")
            default: throw ControlProblem(400, "There is no \"\(member.key)\" for a prediction.")
            }
        }
    }

    /// `{"desiredCount": 4}` or `["desiredCount=4"]`.
    private static func settings(_ value: WireValue) throws(ControlProblem) -> [String] {
        let problem = ControlProblem(
            400, "\"set\" is {\"minimumHealthyPercent\": 50} or [\"minimumHealthyPercent=50\"].")
        var settings: [String] = []
        switch value {
        case .object(let members):
            for member in members {
                switch member.value {
                case .int(let number): settings.append("\(member.key)=\(number)")
                case .string(let text): settings.append("\(member.key)=\(text)")
                case .bool(let isSo): settings.append("\(member.key)=\(isSo)")
                default: throw problem
                }
            }
        case .list(let texts):
            for text in texts {
                guard case .string(let setting) = text else { throw problem }
                settings.append(setting)
            }
        default: throw problem
        }
        return settings
    }
}
