import Cloud
import CloudAPI
import Experiments
import Simulation
import Wire

/// The one owner of the cloud that a server serves: every call, every request through a load
/// balancer and every passing of time goes through it, one after the other.
///
/// Reading requests and writing answers is done outside, so that it does not keep others waiting.
/// Nothing inside waits: each method is one step.
actor World {
    nonisolated let settings: ServerSettings
    nonisolated let blobs: BlobStore
    nonisolated let catalog: ImageCatalog
    var live: LiveCloud
    var pace: Pace
    var accounts: AccessKeys
    /// Where there have been calls.
    private var places: Set<Place> = []
    /// Who called last: mostly the next call comes from there too.
    private var recent: (sender: Sender, caller: Caller, hasVpc: Bool)?
    var recordings = Recordings()
    var chronicle = Chronicle()
    var memory = PollMemory()
    var traffic = TrafficCounters()
    /// Ports of this machine that stand for listeners, and who opens them.
    var localPorts: [ListenerID: Int] = [:]
    var listenerWatch: AsyncStream<[ListenerID: OpenListener]>.Continuation?
    /// Wakes the world when the next event is due.
    let alarm = Alarm()
    /// The port at which the registry answers, once there is one.
    private var port: Int?
    /// Where strangers can reach the registry, what keeps them from making up logins.
    private let registrySecret: String?

    // What has happened to images and is not yet so in the store: see World+Images.swift.
    var isTidying = false
    var isSweepDue = false
    var unsaved: Set<RepositoryID> = []
    var discarded: Set<String> = []
    var catalogFiles: [RepositoryID: String] = [:]

    init(_ settings: ServerSettings, blobs: BlobStore) {
        self.settings = settings
        self.blobs = blobs
        catalog = ImageCatalog(blobs)
        registrySecret = settings.isOpen ? DrydockServer.makeToken() : nil
        let live = LiveCloud(Self.cloud(settings, port: nil, registrySecret))
        self.live = live
        pace = Pace(
            settings.clock, speed: settings.speed, at: live.cloud.now, wall: WallClock.now)
        accounts = AccessKeys(settings)
    }

    private static func cloud(
        _ settings: ServerSettings, port: Int?, _ registrySecret: String?
    ) -> Cloud {
        // Temporary credentials say when they expire, and clients compare that with their own
        // clock: so the calendar is today's unless somebody wants the same bytes each time.
        let today = Timestamp(milliseconds: WallClock.calendarMilliseconds / 1000 * 1000)
        var cloud = Cloud(
            seed: settings.seed, idSeed: settings.idSeed, epoch: settings.epoch ?? today)
        cloud.registrySecret = registrySecret
        if let port {
            cloud.registryHost =
                settings.registryHost == .path
                ? "localhost:\(port)" : "<account>.dkr.ecr.<region>.localhost:\(port)"
        }
        return cloud
    }

    /// The server answers at this port.
    func opened(at port: Int) {
        self.port = port
        live.cloud.registryHost = Self.cloud(settings, port: port, nil).registryHost
    }

    /// Throws everything away and begins anew, with the clock at its start.
    func reset() {
        live = LiveCloud(Self.cloud(settings, port: port, registrySecret))
        pace = Pace(
            pace.mode, speed: pace.speed, at: live.cloud.now, wall: WallClock.now)
        accounts = AccessKeys(settings)
        places = []
        recent = nil
        recordings = Recordings()
        memory = PollMemory()
        traffic = TrafficCounters()
        chronicle.clear()
        listenerWatch?.yield([:])
        forgetImages()
        setAlarm()
    }
}

// MARK: - Calls

/// Who sends a call, as far as the wire says.
struct Sender: Hashable, Sendable {
    var accessKey: String?
    var region: String?
    /// Where the connection comes from, without the port.
    var address: String
}

extension World {
    /// Carries a call out.
    ///
    /// - Parameter poll: What tells this call from others, if the clock goes on demand.
    /// - Throws: What AWS would answer.
    func perform(
        _ operation: any APIOperation, of call: WireCall, from sender: Sender, poll: Poll?
    ) throws(APIFailure) -> any Shape {
        catchUp()
        defer { setAlarm() }
        meet(sender, for: call.service)
        guard let poll else { return try perform(operation) }
        return try performOnDemand(operation, of: call, from: sender, poll: poll)
    }

    /// The secret of an access key that this cloud has given out, or that the credentials name.
    func secret(of accessKey: String) -> String? {
        settings.credentials?.keys[accessKey]?.secret
            ?? live.cloud.identity.accessKey(accessKey)?.secret
    }

    /// Lets the cloud know from whom the next call comes. Every place of AWS starts with a default
    /// VPC, and so does each here when it is met first.
    func meet(_ sender: Sender, for service: APIService) {
        let startsVpc = service != .iam && service != .sts
        if let recent, recent.sender.region == sender.region,
            recent.sender.accessKey == sender.accessKey, recent.hasVpc || !startsVpc
        {
            live.caller = recent.caller
            return
        }
        let caller = accounts.caller(
            accessKey: sender.accessKey, region: sender.region, in: live.cloud)
        live.caller = caller
        if startsVpc, places.insert(caller.place).inserted {
            live.cloud.makeDefaultVpc(in: caller.place)
        }
        recent = (sender, caller, places.contains(caller.place))
    }

    /// Carries an operation out at the present instant, and shows everyone what it brought about.
    func perform(_ operation: any APIOperation) throws(APIFailure) -> any Shape {
        func open<O: APIOperation>(_ operation: O) throws(APIFailure) -> any Shape {
            try live.perform(operation)
        }
        let output = try open(operation)
        if !live.cloud.facts.isEmpty { takeNotice() }
        if operation is ECS.DeleteService { recordings.sweep(live.cloud) }
        return output
    }

    /// Shows recorders and onlookers what has just happened.
    func takeNotice() {
        recordings.observe(live.cloud)
        chronicle.take(live.cloud)
        tellListeners()
        tellStore()
    }
}
