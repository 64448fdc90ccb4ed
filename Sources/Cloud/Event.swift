import Simulation

/// Something that is due at an instant. It names the state it was meant for; if the world has moved
/// on by then, nothing happens. That is how things are cancelled.
public enum Event: Hashable, Codable, Sendable, BitwiseCopyable {
    case network(Network.Event)
    case registry(Registry.Event)
    case balancing(Balancing.Event)
    case containers(Containers.Event)
}

extension Cloud {
    mutating func carryOut(_ event: Event) {
        switch event {
        case .network(let event): carryOut(event)
        case .registry(let event): carryOut(event)
        case .balancing(let event): carryOut(event)
        case .containers(let event): carryOut(event)
        }
    }

    mutating func schedule(_ event: Network.Event, after wait: Duration) {
        timeline.schedule(.network(event), after: wait)
    }

    mutating func schedule(_ event: Registry.Event, after wait: Duration) {
        timeline.schedule(.registry(event), after: wait)
    }

    mutating func schedule(_ event: Balancing.Event, after wait: Duration) {
        timeline.schedule(.balancing(event), after: wait)
    }

    mutating func schedule(_ event: Containers.Event, after wait: Duration) {
        timeline.schedule(.containers(event), after: wait)
    }
}
