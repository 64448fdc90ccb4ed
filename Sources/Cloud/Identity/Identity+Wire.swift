import CloudAPI

extension IAM.Role {
    /// Lists leave out tags and boundary. Source: IAM API Reference, ListRoles.
    init(_ id: RoleID, in cloud: borrowing Cloud, inList: Bool = false) {
        let role = cloud.identity.roles[id]
        self.init(
            path: role.path, roleName: role.name, roleId: cloud.uniqueID(id), arn: cloud.arn(id),
            createDate: cloud.calendar(role.createdAt),
            assumeRolePolicyDocument: role.trustPolicy.encoded, description: role.description,
            maxSessionDuration: role.maxSessionSeconds)
        guard !inList else { return }
        permissionsBoundary = role.permissionsBoundary.map {
            .init(
                permissionsBoundaryType: .permissionsBoundaryPolicy, permissionsBoundaryArn: $0)
        }
        tags = role.tags.isEmpty ? nil : role.tags.asIAM
    }
}

extension IAM.Policy {
    init(_ id: PolicyID, in cloud: borrowing Cloud) {
        let (policy, arn) = (cloud.identity.policies[id], cloud.arn(id))
        let key = AccountName(account: policy.account, name: arn)
        self.init(
            policyName: policy.name, policyId: cloud.uniqueID(id), arn: arn, path: policy.path,
            defaultVersionId: "v\(policy.defaultVersion)",
            attachmentCount: cloud.identity.attachments[key]?.count ?? 0,
            permissionsBoundaryUsageCount: 0, isAttachable: true, description: policy.description,
            createDate: cloud.calendar(policy.createdAt),
            updateDate: cloud.calendar(policy.updatedAt),
            tags: policy.tags.isEmpty ? nil : policy.tags.asIAM)
    }

    init(_ policy: ManagedPolicy, for caller: Caller, in cloud: borrowing Cloud) {
        let key = AccountName(account: caller.place.account, name: policy.arn)
        self.init(
            policyName: policy.name, policyId: cloud.uniqueID("ANPA", ofARN: policy.arn),
            arn: policy.arn, path: policy.path, defaultVersionId: "v\(policy.version)",
            attachmentCount: cloud.identity.attachments[key]?.count ?? 0,
            permissionsBoundaryUsageCount: 0, isAttachable: true, createDate: policy.madeAt,
            updateDate: policy.madeAt)
    }
}

extension IAM.PolicyVersion {
    /// Only `GetPolicyVersion` answers with the document.
    init(
        _ version: Identity.Policy.Version, of policy: Identity.Policy, in cloud: Cloud,
        withDocument: Bool = false
    ) {
        self.init(
            document: withDocument ? version.document.encoded : nil,
            versionId: "v\(version.number)",
            isDefaultVersion: version.number == policy.defaultVersion,
            createDate: cloud.calendar(version.createdAt))
    }

    init(_ policy: ManagedPolicy, withDocument: Bool = false) {
        self.init(
            document: withDocument ? policy.document.encoded : nil,
            versionId: "v\(policy.version)", isDefaultVersion: true, createDate: policy.madeAt)
    }
}

extension IAM.InstanceProfile {
    init(_ id: InstanceProfileID, in cloud: borrowing Cloud) {
        let profile = cloud.identity.instanceProfiles[id]
        self.init(
            path: profile.path, instanceProfileName: profile.name,
            instanceProfileId: cloud.uniqueID(id), arn: cloud.arn(id),
            createDate: cloud.calendar(profile.createdAt),
            roles: profile.role.map { [IAM.Role($0, in: cloud, inList: true)] } ?? [],
            tags: profile.tags.isEmpty ? nil : profile.tags.asIAM)
    }
}

extension STS.Credentials {
    init(_ id: String, _ key: Identity.AccessKey, in cloud: borrowing Cloud) {
        self.init(
            accessKeyId: id, secretAccessKey: key.secret, sessionToken: key.sessionToken,
            expiration: cloud.calendar(key.expiresAt))
    }
}
