import CloudAPI

extension EC2.InternetGateway {
    init(_ id: InternetGatewayID, in cloud: borrowing Cloud) {
        let gateway = cloud.network.internetGateways[id]
        // The state reads "available" though the model lists "attached"; vpc.md section 4.
        let attachment = gateway.vpc.map {
            EC2.InternetGatewayAttachment(state: "available", vpcId: cloud.ec2ID($0))
        }
        self.init(
            attachments: attachment.map { [$0] } ?? [], internetGatewayId: cloud.ec2ID(id),
            ownerId: gateway.place.account, tags: gateway.tags.wire)
    }
}

extension EC2.InternetGateway: Filterable {
    static var blank: EC2.InternetGateway { EC2.InternetGateway() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "attachment.state": (attachments ?? []).map { $0.state?.rawValue }
        case "attachment.vpc-id": (attachments ?? []).map(\.vpcId)
        case "internet-gateway-id": [internetGatewayId]
        case "owner-id": [ownerId]
        default: tags.values(forFilter: filter)
        }
    }
}
