import Simulation

// A target that becomes healthy beside others gets its share little by little.
// Source: ELB User Guide, "Slow start mode"; elbv2.md section 6.

extension Balancing {
    /// In how many steps a share grows. AWS's grows in a straight line; what is measured here holds
    /// still between two instants. The middle of each step lies on that line. Assumed.
    static let rampSteps = 10

    /// How much of its full share a node gives a target, from 0 to 1.
    func weight(of target: TargetID, at node: Int, _ now: Instant) -> Double {
        let whole = targetGroups[targets[target].group].slowStart
        guard let since = targets[target].views[node].rampsSince, now < since + whole else {
            return 1
        }
        let step = (now - since).nanoseconds * Int64(Self.rampSteps) / whole.nanoseconds
        return (Double(step) + 0.5) / Double(Self.rampSteps)
    }

    /// How likely a node takes each of some targets of a group; they add up to 1.
    ///
    /// - Returns: `nil` if all are as likely. So they are to whom the other algorithms choose from
    ///   targets that have nothing else to do, which is how a single client finds them: elbv2.md
    ///   section 7.
    func probabilities(
        of candidates: [TargetID], in group: TargetGroupID, at node: Int, _ now: Instant
    ) -> [Double]? {
        guard targetGroups[group].slowStart > .zero else { return nil }
        let weights = candidates.map { weight(of: $0, at: node, now) }
        guard let first = weights.first, !weights.allSatisfy({ $0 == first }) else { return nil }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}

extension Cloud {
    /// Begins the slow start of a target that a node has just found healthy. Where nobody else is
    /// at full share there is nothing to be slow for: the first targets of a group start at once.
    mutating func beginRamp(of id: TargetID, at index: Int) {
        balancing.targets[id].views[index].rampsSince = nil
        let group = balancing.targets[id].group
        guard balancing.targetGroups[group].slowStart > .zero,
            balancing.targets[id].views[index].health == .healthy,
            balancing.candidates(in: group, at: index).contains(where: {
                $0 != id && balancing.targets[$0].views[index].health == .healthy
                    && balancing.weight(of: $0, at: index, now) == 1
            })
        else { return }
        balancing.targets[id].views[index].rampsSince = now
        scheduleRamp(of: id, at: index)
    }

    private mutating func scheduleRamp(of id: TargetID, at index: Int) {
        let whole = balancing.targetGroups[balancing.targets[id].group].slowStart
        guard let since = balancing.targets[id].views[index].rampsSince, now < since + whole
        else { return }
        let steps = Int64(Balancing.rampSteps)
        let step = (now - since).nanoseconds * steps / whole.nanoseconds + 1
        // Rounded up, so that the step is over at that instant.
        let next = (step * whole.nanoseconds + steps - 1) / steps
        timeline.schedule(
            .balancing(
                .rampGoesOn(
                    id, node: balancing.targets[id].views[index].node,
                    registration: balancing.targets[id].registration)),
            at: since + Duration(nanoseconds: next))
    }

    /// The next step of a ramp, unless that ramp is no more.
    mutating func goOnWithRamp(of id: TargetID, by node: UInt16, registration: UInt32) {
        guard balancing.targets.contains(id), balancing.targets[id].registration == registration,
            balancing.targets[id].deregisteredAt == nil,
            let index = balancing.targets[id].views.firstIndex(where: { $0.node == node }),
            let since = balancing.targets[id].views[index].rampsSince
        else { return }
        let whole = balancing.targetGroups[balancing.targets[id].group].slowStart
        let steps = Int64(Balancing.rampSteps)
        // An event of an earlier ramp falls between the steps of this one.
        guard whole == .zero || (now - since).nanoseconds * steps % whole.nanoseconds < steps
        else { return }
        recordRouting(of: id)
        scheduleRamp(of: id, at: index)
    }
}
