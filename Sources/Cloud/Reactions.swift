extension Cloud {
    /// Notes that something has happened, and lets whoever is concerned take notice.
    mutating func record(_ fact: Fact) {
        facts.append(fact)
        react(to: fact)
    }

    /// Every place where one service takes notice of another. Nothing else listens.
    ///
    /// A reaction never does a scheduler's work on the spot: it asks for the next look of the
    /// scheduler concerned.
    private mutating func react(to fact: Fact) {
        switch fact {
        case .network(.listenersChanged(let address)):
            for target in balancing.targets(at: address.address, in: address.vpc) {
                recheck(target)
            }
        case .network(.pathsChanged(let vpc)):
            for group in balancing.targetGroupsByVpc[vpc] ?? [] {
                for target in balancing.targetGroups[group].targets { recheck(target) }
            }
        case .balancing(.targetMoved(let target, from: _, to: _)):
            wakeScheduler(ofTaskBehind: target)
        case .balancing(.routingChanged(let loadBalancer)): reviewDNS(of: loadBalancer)
        case .containers(.taskMoved(let task, from: _, to: _)), .containers(.taskChecked(let task)):
            wakeScheduler(of: task)
        // Named, so that a forgotten fact does not compile.
        case .network(.natGatewayMoved), .registry(.repositoryChanged),
            .registry(.imagesDeleted), .registry(.repositoryDeleted),
            .balancing(.loadBalancerActive), .balancing(.targetRemoved),
            .containers(.taskWanted), .containers(.taskListening), .containers(.taskRegistered),
            .containers(.taskDeregistered), .containers(.taskExited), .containers(.taskHealthy),
            .containers(.deploymentBegan), .containers(.deploymentEnded),
            .containers(.serviceSteady), .containers(.serviceEvent):
            break
        }
    }
}
