import Cloud
import CloudAPI
import Experiments
import Simulation
import Store
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
    /// Where the cloud is kept; `nil`: in memory alone.
    nonisolated let store: StateFile?
    nonisolated let history: HistoryWriter?
    var live: LiveCloud
    var pace: Pace
    var accounts: AccessKeys
    /// Where there have been calls.
    var places: Set<Place> = []
    /// Who called last: mostly the next call comes from there too.
    private var recent: (sender: Sender, caller: Caller, hasVpc: Bool)?
    var recordings = Recordings()
    var chronicle = Chronicle()
    var memory = PollMemory()
    var traffic = TrafficCounters()
    /// Ports of this machine that stand for listeners, and who opens them.
    var localPorts: [ListenerID: Int] = [:]
    var listenerWatch: AsyncStream<[ListenerID: OpenListener]>.Continuation?
    /// What clients have asked, if somebody wants to know.
    var transcript: Transcript?
    var listenerLog = ListenerLog()
    /// `nil` if nothing is written down, or no more.
    var keeping: Keeping?
    /// What goes on when the world no longer shows its past.
    var present: Present?
    /// What is not yet in the tables that people ask.
    var past = HistoryKeeping()
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

    /// - Parameter state: Where the cloud is kept, and how it was found there.
    init(_ settings: ServerSettings, blobs: BlobStore, state: StateFile.Opened? = nil) {
        self.settings = settings
        self.blobs = blobs
        store = state?.file
        history = state?.history
        catalog = ImageCatalog(blobs, isUsed: state == nil)
        let secret = settings.isOpen ? DrydockServer.makeToken() : nil
        registrySecret = secret
        let live = LiveCloud(state?.moment.cloud ?? Self.cloud(settings, port: nil, secret))
        self.live = live
        if let state {
            recordings = state.moment.recordings
            places = Set(state.moment.places)
            chronicle = Chronicle(after: state.moment.facts)
            keeping = Keeping(
                lastEntry: state.lastEntry, entryOfSnapshot: state.lastEntry - state.replayed,
                stepOfSnapshot: state.moment.cloud.steps)
        } else {
            places = Set(settings.places)
        }
        pace = Pace(
            settings.clock, speed: settings.speed, at: live.cloud.now, wall: WallClock.now)
        accounts = AccessKeys(settings)
        if settings.keepsTranscript { transcript = Transcript() }
    }

    static func cloud(
        _ settings: ServerSettings, port: Int? = nil, _ registrySecret: String? = nil
    ) -> Cloud {
        // Temporary credentials say when they expire, and clients compare that with their own
        // clock: so the calendar is today's unless somebody wants the same bytes each time.
        let today = Timestamp(milliseconds: WallClock.calendarMilliseconds / 1000 * 1000)
        let epoch = settings.epoch ?? today
        var cloud =
            settings.start?(epoch)
            ?? Cloud(seed: settings.seed, idSeed: settings.idSeed, epoch: epoch)
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
        answerAsOurs()
        if transcript != nil { lookAtListeners(always: true) }
    }

    /// Lets the cloud know where its registry answers, and by what its logins are checked.
    func answerAsOurs() {
        let host = Self.cloud(settings, port: port, nil).registryHost
        if live.cloud.registryHost != host { try? change(.host(host)) }
        if live.cloud.registrySecret != registrySecret { try? change(.secret(registrySecret)) }
    }

    /// Throws everything away and begins anew, with the clock at its start.
    ///
    /// - Throws: If that cannot be written down; everything is then as it was.
    func reset() throws {
        present = nil
        let new = Self.cloud(settings, port: port, registrySecret)
        if let store {
            try beginAnotherStory {
                try store.clear(
                    to: Moment(cloud: new), wallMilliseconds: WallClock.calendarMilliseconds)
            }
            keeping = Keeping(lastEntry: 0, entryOfSnapshot: 0, stepOfSnapshot: 0)
        }
        live = LiveCloud(new)
        pace = Pace(
            pace.mode, speed: pace.speed, at: live.cloud.now, wall: WallClock.now)
        places = Set(settings.places)
        forgetCallers()
        recordings = Recordings()
        memory = PollMemory()
        traffic = TrafficCounters()
        chronicle.go(on: 0)
        listenerWatch?.yield([:])
        forgetImages()
        setAlarm()
    }

    /// What is known of who calls holds for another cloud.
    func forgetCallers() {
        accounts = AccessKeys(settings)
        recent = nil
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
    /// - Returns: The output, and the last entry of the journal, which must be settled before the
    ///   output is answered.
    /// - Throws: What AWS would answer.
    func perform(
        _ operation: any APIOperation, of call: WireCall, from sender: Sender, poll: Poll?
    ) throws(APIFailure) -> (output: any Shape, entry: Int) {
        catchUp()
        defer { setAlarm() }
        meet(sender, for: call.service)
        if history != nil, type(of: operation).isRead { noteRead(operation) }
        if transcript != nil {
            return (try performOnRecord(operation, of: call, from: sender, poll: poll), 0)
        }
        guard let poll else { return (try perform(operation), lastEntry) }
        return (try performOnDemand(operation, of: call, from: sender, poll: poll), lastEntry)
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
        if startsVpc, places.insert(caller.place).inserted { startPlace(caller.place) }
        recent = (sender, caller, places.contains(caller.place))
    }

    private func startPlace(_ place: Place) {
        // What cannot be written is no reason not to answer; a call that changes something will say
        // so.
        guard (try? checkWritable()) != nil else { return }
        try? live.cloud.apply(.defaultVpc(in: place))
        if !live.cloud.facts.isEmpty { takeNotice() }
        try? journal(.defaultVpc(in: place))
    }

    /// Carries an operation out at the present instant, and shows everyone what it brought about.
    ///
    /// - Throws: What AWS would answer, or that nothing can be written down.
    func perform(_ operation: any APIOperation) throws(APIFailure) -> any Shape {
        func open<O: APIOperation>(_ operation: O) throws(APIFailure) -> any Shape {
            try live.perform(operation)
        }
        let isJournalled = store != nil && !type(of: operation).isRead
        if isJournalled { try checkWritable() }
        let output = try open(operation)
        if !live.cloud.facts.isEmpty { takeNotice() }
        if operation is ECS.DeleteService { recordings.sweep(live.cloud) }
        if isJournalled, let operation = operation as? any Handled {
            note(.call(operation, as: live.caller))
        }
        return output
    }

    /// Shows recorders and onlookers what has just happened.
    func takeNotice() {
        recordings.observe(live.cloud)
        chronicle.take(live.cloud)
        noteFacts()
        tellListeners()
        if transcript != nil { lookAtListeners() }
        tellStore()
    }
}
