import CloudAPI

extension EC2.DisassociateRouteTable: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: RouteAssociationID = try cloud.find(associationId, "associationId", for: caller)
        let association = cloud.network.routeAssociations[id]
        guard association.subnet != nil else {
            // Text: assumed.
            throw .ec2Invalid(
                "cannot disassociate the main route table association \(associationId)")
        }
        try cloud.refuseDryRun(dryRun)

        let vpc = cloud.network.routeTables[association.table].vpc
        cloud.network.removeAssociation(id)
        cloud.record(.network(.pathsChanged(vpc)))

        return Output()
    }
}
