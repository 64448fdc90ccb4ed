import Simulation

extension Balancing {
    mutating func insert(_ group: TargetGroup) -> TargetGroupID {
        let id = targetGroups.insert(group)
        targetGroupIDs[PlacedName(group.name, in: group.place)] = id
        targetGroupsByPlace[group.place, default: []].append(id)
        targetGroupsByVpc[group.vpc, default: []].append(id)
        return id
    }
}

extension Cloud {
    /// Takes a group away that nothing leads to any more, with its targets.
    mutating func remove(_ id: TargetGroupID) {
        for target in balancing.targetGroups[id].targets { remove(target) }
        let group = balancing.targetGroups.remove(id)
        balancing.targetGroupIDs[PlacedName(group.name, in: group.place)] = nil
        balancing.targetGroupsByPlace[group.place]?.removeAscending(id)
        balancing.targetGroupsByVpc[group.vpc]?.removeAscending(id)
        if balancing.targetGroupsByVpc[group.vpc]?.isEmpty == true {
            balancing.targetGroupsByVpc[group.vpc] = nil
        }
    }
}

extension Array where Element: Identifier {
    /// Takes an id out of a list in ascending order, found in a few comparisons.
    mutating func removeAscending(_ id: Element) {
        if let index = position(of: id) { remove(at: index) }
    }
}
