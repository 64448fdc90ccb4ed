import CloudAPI
import Foundation
import Testing

@testable import Cloud

@Suite struct IdentitySavingTests {
    @Test func aSavedCloudComesBackAsItWas() throws {
        let live = LiveCloud()
        try live.iam.createRole(roleName: "b", assumeRolePolicyDocument: trust())
        try live.iam.createRole(roleName: "a", assumeRolePolicyDocument: trust("AWS", "*"))
        try live.iam.putRolePolicy(
            roleName: "a", policyName: "p", policyDocument: policy("s3:GetObject"))
        try live.iam.attachRolePolicy(roleName: "b", policyArn: executionPolicy)
        try live.iam.createPolicy(policyName: "c", policyDocument: policy("logs:*"))
        let key = try live.sts.assumeRole(
            roleArn: "arn:aws:iam::000000000000:role/a", roleSessionName: "me"
        ).credentials?.accessKeyId
        let read = try JSONDecoder().decode(Cloud.self, from: saved(live.cloud))
        #expect(try saved(read) == saved(live.cloud))
        #expect(read.identity.accessKey(key ?? "") == live.cloud.identity.accessKey(key ?? ""))
        let again = LiveCloud(read)
        #expect(try again.iam.listRoles().roles?.map(\.roleName) == ["a", "b"])
    }
}
