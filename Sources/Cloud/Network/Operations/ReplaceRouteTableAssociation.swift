import CloudAPI

extension EC2.ReplaceRouteTableAssociation: Handled {
    /// With a main association it makes another table the main one.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: RouteAssociationID = try cloud.find(associationId, "associationId", for: caller)
        let table: RouteTableID = try cloud.find(routeTableId, "routeTableId", for: caller)
        let association = cloud.network.routeAssociations[id]
        let vpc = cloud.network.routeTables[association.table].vpc
        guard cloud.network.routeTables[table].vpc == vpc else {
            // Text: assumed.
            throw .ec2Invalid(
                "Route table \(routeTableId) and association \(associationId) belong to different "
                    + "networks")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.removeAssociation(id)
        let new = cloud.network.associate(table, with: association.subnet)
        cloud.record(.network(.pathsChanged(vpc)))

        return Output(
            newAssociationId: cloud.ec2ID(new), associationState: .init(state: .associated))
    }
}
