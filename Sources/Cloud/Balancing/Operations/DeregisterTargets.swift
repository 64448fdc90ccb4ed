import CloudAPI

extension ELBv2.DeregisterTargets: Handled {
    /// A target that is not registered is no error; without a port, every port of the address goes.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.targetGroupID(targetGroupArn, caller)
        let gone = targets.flatMap { cloud.targets($0, in: id) }

        for target in gone { cloud.deregister(target) }

        return Output()
    }
}
