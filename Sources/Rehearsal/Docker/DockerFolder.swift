import Cloud
import Foundation
import Server

/// The docker that a rehearsed command finds: a program in front of its PATH, and what it remembers
/// between two calls.
struct DockerFolder: Sendable {
    let stage: String

    init(_ stage: String) { self.stage = stage }

    /// Where its state is.
    var state: String { "\(stage)/docker" }
    /// Where its program is.
    var programs: String { "\(stage)/programs" }

    /// What the program needs to know, by the names of its environment variables.
    enum Variable {
        static let stage = "DRYDOCK_STAGE"
        static let endpoint = "DRYDOCK_ENDPOINT"
        /// The engine's program, if calls are handed on to it.
        static let engine = "DRYDOCK_ENGINE"
    }

    /// - Parameter path: Where the engine's program is looked for.
    /// - Returns: The folder to put in front of PATH.
    func install(
        _ docker: Rehearsal.Docker, at address: DrydockServer.Address, place: Place, path: String
    ) throws -> String {
        for folder in [state, programs] {
            try? FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }
        var engine = ""
        if docker == .real {
            guard case .program(let found) = ProgramPath.find("docker", in: path) else {
                throw Rehearsal.Problem(
                    "--docker real hands calls on to docker, and there is none in PATH.")
            }
            engine = found
        }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        // Neither the clock nor the libraries that the command is run with are this program's.
        try Stage.write(
            """
            #!/bin/sh
            unset LD_PRELOAD FAKETIME FAKETIME_SHARED
            export \(Variable.stage)='\(stage)' \(Variable.endpoint)='\(address.url)'
            export \(Variable.engine)='\(engine)'
            exec '\(own ?? CommandLine.arguments[0])' docker-stand-in "$@"

            """, to: "\(programs)/docker")
        try Stage.write(
            "#!/bin/sh\nexec '\(programs)/docker' compose \"$@\"\n",
            to: "\(programs)/docker-compose")
        for name in ["docker", "docker-compose"] {
            chmod("\(programs)/\(name)", 0o755)
        }
        return programs
    }

    /// Ends what `docker run` has left running.
    func endContainers() {
        for container in DockerStore(folder: state).read().containers where container.isRunning {
            kill(container.process, SIGKILL)
        }
    }
}
