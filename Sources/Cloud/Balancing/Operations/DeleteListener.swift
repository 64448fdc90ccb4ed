import CloudAPI

extension ELBv2.DeleteListener: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.listenerID(listenerArn, caller)
        cloud.remove(id)
        return Output()
    }
}
