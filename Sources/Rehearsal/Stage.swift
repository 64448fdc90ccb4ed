import Cloud
import Foundation
import Reports
import Server
import Subprocess
import SystemPackage

/// The folder with everything that a rehearsed command finds and that is not there otherwise:
/// profiles, a docker of its own. It goes when the rehearsal is over.
struct Stage: Sendable {
    let folder: String
    let place: Place
    let profiles: ProfileFiles
    /// What is to be said about how the command was run.
    private(set) var notes: [Bilingual] = []
    private let own: [String: String]
    private let faketime: String?

    init(for rehearsal: Rehearsal) throws {
        own = ProcessInfo.processInfo.environment
        let script = ScriptText(Self.texts(of: rehearsal.command))
        let home = own["HOME"] ?? "/"
        profiles = ProfileFiles(
            config: Self.text(own["AWS_CONFIG_FILE"] ?? "\(home)/.aws/config"),
            credentials: Self.text(
                own["AWS_SHARED_CREDENTIALS_FILE"] ?? "\(home)/.aws/credentials"),
            named: script.profiles + [own["AWS_PROFILE"]].compactMap { $0 })
        place = Place(
            account: rehearsal.account ?? script.account ?? Place.standard.account,
            region: rehearsal.region ?? own["AWS_REGION"] ?? own["AWS_DEFAULT_REGION"]
                ?? profiles.region(of: own["AWS_PROFILE"]) ?? Place.standard.region)
        if rehearsal.account == nil, let account = script.account {
            notes.append(
                Bilingual(
                    "The account is \(account), because the script names it.",
                    "Das Konto ist \(account), weil das Skript es nennt."))
        }
        faketime = rehearsal.fakesSleep ? try Self.findFaketime(own["PATH"]) : nil
        var template = Array("/tmp/drydock-exec-XXXXXX".utf8CString)
        if let temporary = own["TMPDIR"], !temporary.isEmpty {
            template = Array("\(temporary)/drydock-exec-XXXXXX".utf8CString)
        }
        guard let made = mkdtemp(&template) else {
            throw Rehearsal.Problem("There is no place for a temporary folder.")
        }
        folder = String(cString: made)
    }

    func remove() {
        DockerFolder(folder).endContainers()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs the command to its end.
    func perform(
        _ rehearsal: Rehearsal, at address: DrydockServer.Address
    ) async throws -> Verdict.Ending {
        let programs = try writeFiles(rehearsal, at: address)
        let environment = ChildEnvironment(
            from: own,
            in: .init(
                endpoint: address.url, region: place.region,
                accessKey: ProfileFiles.accessKey(of: 0), configFile: "\(folder)/config",
                credentialsFile: "\(folder)/credentials", programs: programs)
        ).variables
        let name = rehearsal.command[0]
        let program: String
        switch ProgramPath.find(name, in: environment["PATH"] ?? "") {
        case .program(let found): program = found
        case .notExecutable(let found):
            throw Rehearsal.Problem("\(found) is there and may not be run.", status: 126)
        case .nothing: throw Rehearsal.Problem("There is no command \(name).", status: 127)
        }
        return try await run(program, rehearsal, environment)
    }

    private func run(
        _ program: String, _ rehearsal: Rehearsal, _ environment: [String: String]
    ) async throws -> Verdict.Ending {
        var arguments = Array(rehearsal.command.dropFirst())
        var executable = program
        if let faketime {
            // At the clock's own pace, so that both see the same time pass.
            arguments = ["-f", "+0 x\(rehearsal.speed)", program] + arguments
            executable = faketime
        }
        var options = PlatformOptions()
        options.processGroupID = 0
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else { continue }
            variables[key] = value
        }
        let result: TerminationStatus
        do {
            result = try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(arguments),
                environment: .custom(variables), platformOptions: options,
                input: .currentStandardInput, output: .currentStandardOutput,
                error: .currentStandardError
            ) { execution in
                SignalRelay.relay(to: execution.processIdentifier.value)
            }.terminationStatus
        } catch let error as SubprocessError {
            throw Rehearsal.Problem("\(program) does not start: \(error).", status: 126)
        }
        await SignalRelay.endGroup()
        if SignalRelay.received != 0 { return .interrupted(Int(SignalRelay.received)) }
        switch result {
        case .exited(let status): return .exited(Int(status))
        case .signaled(let signal): return .signalled(Int(signal))
        }
    }

    /// - Returns: The folder of programs that come first.
    private func writeFiles(
        _ rehearsal: Rehearsal, at address: DrydockServer.Address
    ) throws -> String {
        try Self.write(profiles.config(region: place.region), to: "\(folder)/config")
        try Self.write(profiles.credentials, to: "\(folder)/credentials")
        return try DockerFolder(folder).install(
            rehearsal.docker, at: address, place: place, path: own["PATH"] ?? "")
    }

    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw Rehearsal.Problem("\(path) cannot be written: \(error.localizedDescription)")
        }
    }

    private static func findFaketime(_ path: String?) throws -> String {
        guard case .program(let found) = ProgramPath.find("faketime", in: path ?? "") else {
            throw Rehearsal.Problem(
                "--fake-sleep needs the program faketime: apt-get install faketime, and try again.")
        }
        return found
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The words of a command, and the texts of the files that they name.
    private static func texts(of command: [String]) -> [String] {
        command
            + command.compactMap { word in
                let attributes = try? FileManager.default.attributesOfItem(atPath: word)
                guard attributes?[.type] as? FileAttributeType == .typeRegular,
                    let size = attributes?[.size] as? Int, size < 1 << 20,
                    let data = FileManager.default.contents(atPath: word), !data.contains(0)
                else { return nil }
                return String(decoding: data, as: UTF8.self)
            }
    }
}
