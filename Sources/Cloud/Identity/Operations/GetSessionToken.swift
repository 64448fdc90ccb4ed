import CloudAPI
import Simulation

/// Twelve hours unless the call says otherwise. Source: STS API Reference, GetSessionToken.
extension STS.GetSessionToken: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Identity.check(durationSeconds, at: "durationSeconds", in: 900...129_600)
        guard !caller.arn.hasPrefix("arn:aws:sts:") else {
            throw APIFailure(
                code: "AccessDenied",
                message: "Cannot call GetSessionToken with session credentials",
                status: 403)
        }

        let (keyID, key) = cloud.giveAccessKey(
            for: caller.arn, in: caller.place.account, lasting: .seconds(durationSeconds ?? 43_200))

        return Output(credentials: STS.Credentials(keyID, key, in: cloud))
    }
}
