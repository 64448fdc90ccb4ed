import CloudAPI

extension EC2.ModifySubnetAttribute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: SubnetID = try cloud.find(subnetId, "subnetId", for: caller)
        let others = [
            assignIpv6AddressOnCreation, mapCustomerOwnedIpOnLaunch, enableDns64,
            enableResourceNameDnsARecordOnLaunch, enableResourceNameDnsAAAARecordOnLaunch,
            disableLniAtDeviceIndex,
        ].compactMap { $0?.value }
        let given =
            others.count + (mapPublicIpOnLaunch?.value == nil ? 0 : 1)
            + (privateDnsHostnameTypeOnLaunch == nil ? 0 : 1)
            + (enableLniAtDeviceIndex == nil ? 0 : 1)
        guard given > 0 else { throw .noAttributeGiven }
        guard given == 1 else { throw .severalAttributes }
        guard !others.contains(true), enableLniAtDeviceIndex == nil,
            (privateDnsHostnameTypeOnLaunch ?? .ipName) == .ipName
        else { throw .notSupportedByDrydock("this attribute of subnets") }

        if let value = mapPublicIpOnLaunch?.value {
            cloud.network.subnets[id].mapsPublicAddresses = value
        }

        return Output()
    }
}
