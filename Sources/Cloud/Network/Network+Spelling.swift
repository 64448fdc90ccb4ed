/// The ids of EC2 as people read them, for pictures and reports.
extension Cloud {
    public func spelled(_ id: VpcID) -> String { ec2ID(id) }
    public func spelled(_ id: SubnetID) -> String { ec2ID(id) }
    public func spelled(_ id: RouteTableID) -> String { ec2ID(id) }
    public func spelled(_ id: InternetGatewayID) -> String { ec2ID(id) }
    public func spelled(_ id: NatGatewayID) -> String { ec2ID(id) }
    public func spelled(_ id: SecurityGroupID) -> String { ec2ID(id) }
    public func spelled(_ id: EndpointID) -> String { ec2ID(id) }
}
