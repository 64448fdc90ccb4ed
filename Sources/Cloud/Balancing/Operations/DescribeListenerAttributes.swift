import CloudAPI

extension ELBv2.DescribeListenerAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let listener = cloud.balancing.listeners[try cloud.listenerID(listenerArn, caller)]
        return Output(
            attributes: listener.attributeTable.all(changed: listener.attributes).map {
                .init(key: $0.key, value: $0.value)
            })
    }
}
