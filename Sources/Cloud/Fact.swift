import Simulation

/// Something that has happened, in the past tense. Facts are what services take notice of, what
/// measures measure and what timelines draw.
public enum Fact: Hashable, Sendable, BitwiseCopyable {
    case network(Network.Fact)
    case registry(Registry.Fact)
    case balancing(Balancing.Fact)
    case containers(Containers.Fact)
}
