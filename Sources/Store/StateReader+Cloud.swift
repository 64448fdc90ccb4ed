import Cloud
import Simulation

extension StateReader {
    /// The cloud as it was at an instant, or, later than what is written down, as it has become by
    /// then if nobody has changed anything.
    public func cloud(at instant: Instant) throws -> Cloud {
        let end = try end()
        var moment = try moment(at: min(instant, end)).value
        if end < instant { moment.run(until: instant) }
        return moment.cloud
    }

    /// The cloud where what is written down ends.
    public func lastCloud() throws -> Cloud { try cloud(at: try end()) }
}
