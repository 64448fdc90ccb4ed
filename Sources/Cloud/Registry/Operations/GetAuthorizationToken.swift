import CloudAPI
import Simulation

/// One token for each registry asked for; all of them stand for the same caller.
/// Source: ecr.md section 4.
extension ECR.GetAuthorizationToken: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let registryIds {
            try Registry.checkCount(registryIds.count, of: "registryIds", upTo: 10)
        }
        var data: [ECR.AuthorizationData] = []
        for registryId in registryIds ?? [caller.place.account] {
            let account = try Registry.account(registryId, for: caller)
            let login = RegistryLogin(caller: caller, expiresAt: cloud.now + .hours(12))
            let registry = Place(account: account, region: caller.place.region)
            let scheme = cloud.registryHost == nil ? "https" : "http"
            data.append(
                .init(
                    authorizationToken: login.token(of: cloud),
                    expiresAt: cloud.calendar(login.expiresAt),
                    proxyEndpoint: "\(scheme)://\(cloud.registryHostName(of: registry))"))
        }
        return Output(authorizationData: data)
    }
}
