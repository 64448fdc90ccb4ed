import CloudAPI

extension ELBv2.DescribeTargetGroupAttributes: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let group = cloud.balancing.targetGroups[try cloud.targetGroupID(targetGroupArn, caller)]
        return Output(
            attributes: group.attributeTable.all(changed: group.attributes).map {
                .init(key: $0.key, value: $0.value)
            })
    }
}
