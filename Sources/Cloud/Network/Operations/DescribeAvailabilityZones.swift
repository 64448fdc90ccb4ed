import CloudAPI

extension EC2.DescribeAvailabilityZones: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let region = Region(caller.place.region)
        let query = Query(idsParameter: "", filters: filters, dryRun: dryRun)
        for name in zoneNames ?? [] where region.zone(named: name) == nil {
            // This text and the next: assumed.
            throw .ec2Invalid("Invalid availability zone: [\(name)]")
        }
        for id in zoneIds ?? [] where region.zone(withID: id) == nil {
            throw .ec2Invalid("Invalid availability zone-id: [\(id)]")
        }
        let zones = region.zones
        let wanted = zones.indices.filter {
            (zoneNames ?? []).isEmpty && (zoneIds ?? []).isEmpty
                || (zoneNames ?? []).contains(zones[$0].name)
                || (zoneIds ?? []).contains(zones[$0].id)
        }
        let found = try cloud.results(query, of: wanted.map(ListPosition.init)) {
            EC2.AvailabilityZone(zones[$0.index], of: region)
        }
        return Output(availabilityZones: found.items)
    }
}

extension EC2.AvailabilityZone {
    /// Source: vpc.md section 2.
    init(_ zone: Region.Zone, of region: Region) {
        self.init(
            optInStatus: region.isOptIn ? .optedIn : .optInNotRequired, messages: [],
            regionName: region.name, zoneName: zone.name, zoneId: zone.id,
            groupName: "\(region.name)-zg-1", networkBorderGroup: region.name,
            zoneType: "availability-zone", groupLongName: "\(region.place) 1", state: .available)
    }
}

extension EC2.AvailabilityZone: Filterable {
    static var blank: EC2.AvailabilityZone { EC2.AvailabilityZone() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "group-long-name": [groupLongName]
        case "group-name": [groupName]
        case "message": (messages ?? []).map(\.message)
        case "network-border-group": [networkBorderGroup]
        case "opt-in-status": [optInStatus?.rawValue]
        case "parent-zone-id": [parentZoneId]
        case "parent-zone-name": [parentZoneName]
        case "region-name": [regionName]
        case "state": [state?.rawValue]
        case "zone-id": [zoneId]
        case "zone-name": [zoneName]
        case "zone-type": [zoneType]
        default: nil
        }
    }
}
