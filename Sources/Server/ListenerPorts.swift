import Cloud
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Gives each listener of a load balancer a port of this machine, for as long as it is there.
///
/// The listener's own port if that is free and permitted, else any; `GET /_drydock/cloud` says
/// which.
struct ListenerPorts: Service {
    let edge: Edge
    let host: String
    let group: MultiThreadedEventLoopGroup
    let logger: Logger

    func run() async throws {
        await withGracefulShutdownHandler {
            var open: [ListenerID: (door: Door, task: Task<Void, Never>)] = [:]
            for await wanted in await edge.world.watchListeners() {
                for id in open.keys where wanted[id] == nil {
                    await open.removeValue(forKey: id)?.door.close()
                }
                for (id, listener) in wanted where open[id] == nil {
                    let door = Door()
                    open[id] = (door, Task { await serve(id, listener, behind: door) })
                }
            }
            for (door, _) in open.values { await door.close() }
            for (_, task) in open.values { await task.value }
        } onGracefulShutdown: {
            Task { await edge.world.leaveListeners() }
        }
    }

    private func serve(
        _ id: ListenerID, _ listener: World.OpenListener, behind door: Door
    ) async {
        for port in [listener.port, 0] {
            var own = edge
            own.listener = (listener.name, listener.port)
            let world = edge.world
            let server = own.server(
                ServerConfiguration(address: .hostname(host, port: port)),
                group: group, logger: logger
            ) { channel in
                await world.opened(id, at: channel.localAddress?.port ?? 0)
            }
            let services = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: server, serviceName: listener.name)],
                    logger: logger))
            await door.lead(to: services)
            do {
                try await services.run()
                break
            } catch is IOError {
                // Taken, or not permitted: another one will do.
                continue
            } catch {
                break
            }
        }
        await edge.world.closed(id)
    }
}

/// Ends what serves a port, in order: a server that is cancelled instead drops the connection that
/// it is just accepting, and NIO takes that for a fault of the program.
private actor Door {
    private var services: ServiceGroup?
    private var isClosed = false

    func lead(to services: ServiceGroup) async {
        self.services = services
        if isClosed { await services.triggerGracefulShutdown() }
    }

    func close() async {
        isClosed = true
        await services?.triggerGracefulShutdown()
    }
}
