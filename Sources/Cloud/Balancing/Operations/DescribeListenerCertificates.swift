import CloudAPI

extension ELBv2.DescribeListenerCertificates: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let listener = cloud.balancing.listeners[try cloud.listenerID(listenerArn, caller)]
        let page = try Page(
            of: Array(listener.certificates.indices), by: { $0 }, after: marker, size: pageSize)
        return Output(
            certificates: page.items.map {
                .init(certificateArn: listener.certificates[$0], isDefault: $0 == 0)
            },
            nextMarker: page.next)
    }
}
