import CloudAPI

extension ELBv2.ModifyListenerAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.listenerID(listenerArn, caller)
        let table = cloud.balancing.listeners[id].attributeTable
        let changed = try table.set(
            attributes.map { ($0.key, $0.value) }, over: cloud.balancing.listeners[id].attributes,
            of: "Listener")

        cloud.balancing.listeners[id].attributes = changed

        return Output(
            attributes: table.all(changed: changed).map { .init(key: $0.key, value: $0.value) })
    }
}
