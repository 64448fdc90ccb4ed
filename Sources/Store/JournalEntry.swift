import Cloud
import CloudAPI
import Foundation
import GRDB
import Simulation

/// One row of the journal: what came from outside, and where the cloud stood when it came.
public struct JournalEntry: Sendable {
    /// Counts from 1.
    public var number: Int
    /// How many events had been carried out.
    public var step: Int
    public var at: Instant
    /// By the calendar of the machine, in milliseconds since 1970.
    public var wallMilliseconds: Int64
    /// `nil`: only time has passed.
    public var change: Change?

    public init(
        number: Int, _ change: Change?, to cloud: borrowing Cloud, wallMilliseconds: Int64
    ) {
        self.number = number
        self.change = change
        self.wallMilliseconds = wallMilliseconds
        step = cloud.steps
        at = cloud.now
    }
}

// MARK: - As a row

extension JournalEntry {
    /// The kinds of rows, as they stand in the file.
    private enum Kind: String { case call, clock, vpc, registry }

    static let insertion = """
        INSERT INTO journal
            (number, step, at, wall, kind, service, operation, account, region, caller, request)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let selection = """
        SELECT number, step, at, wall, kind, service, operation, account, region, caller, request
            FROM journal
        """

    /// The values of ``insertion``, in its order: the numbers first.
    struct Row {
        var numbers: [Int64]
        var texts: [String?]
    }

    func row() throws -> Row {
        func row(
            _ kind: Kind, _ service: String? = nil, _ operation: String? = nil,
            in place: Place? = nil, by caller: String? = nil, request: String? = nil
        ) -> Row {
            Row(
                numbers: [
                    Int64(number), Int64(step), at.sinceStart.nanoseconds, wallMilliseconds,
                ],
                texts: [
                    kind.rawValue, service, operation, place?.account, place?.region, caller,
                    request,
                ])
        }
        switch change {
        case nil: return row(.clock)
        case .call(let operation, let caller):
            let type = type(of: operation)
            return row(
                .call, type.service.id, type.name, in: caller.place, by: caller.arn,
                request: String(decoding: json(operation), as: UTF8.self))
        case .defaultVpc(let place): return row(.vpc, in: place)
        case .registry(let change):
            let request = try JSONEncoder().encode(change)
            return row(
                .registry, APIService.ecr.id, change.operation, in: change.caller?.place,
                by: change.caller?.arn, request: String(decoding: request, as: UTF8.self))
        }
    }

    private func json(_ operation: some APIOperation) -> [UInt8] { ShapeWriter.json(operation) }

    /// - Parameter row: One of ``selection``.
    /// - Throws: A ``StoreProblem`` if the row says nothing that this version knows.
    init(_ row: GRDB.Row) throws {
        number = row[0]
        step = row[1]
        at = .start + Duration(nanoseconds: row[2])
        wallMilliseconds = row[3]
        switch Kind(rawValue: row[4]) {
        case .clock: change = nil
        case .call: change = try Self.call(row)
        case .vpc: change = .defaultVpc(in: Place(account: row[7], region: row[8]))
        case .registry:
            let request: String = row[10]
            change = .registry(
                try JSONDecoder().decode(Registry.Change.self, from: Data(request.utf8)))
        case nil:
            throw StoreProblem(
                .unreadable,
                "Entry \(number) of the journal is of a kind that this version does not know.")
        }
    }

    private static func call(_ row: GRDB.Row) throws -> Change {
        let (service, name): (String, String) = (row[5], row[6])
        guard let type = operations["\(service) \(name)"] else {
            throw StoreProblem(
                .unreadable, "This version does not know the operation \(service) \(name).")
        }
        let caller = Caller(
            place: Place(account: row[7], region: row[8]), arn: row[9])
        let request: String = row[10]
        return .call(try read(type, Array(request.utf8)), as: caller)
    }

    private static func read<O: Handled>(_ type: O.Type, _ json: [UInt8]) throws -> O {
        try O(from: WireFields(JSONReader.read(json)))
    }

    private static let operations: [String: any Handled.Type] = Dictionary(
        uniqueKeysWithValues: APIService.all.flatMap { service in
            service.operations.compactMap { type in
                (type as? any Handled.Type).map { ("\(service.id) \(type.name)", $0) }
            }
        })
}

extension Registry.Change {
    /// The operation of ECR's that it is, if it is one.
    fileprivate var operation: String? {
        switch self {
        case .manifest: ECR.PutImage.name
        case .part: ECR.UploadLayerPart.name
        case .layer: ECR.CompleteLayerUpload.name
        case .wanted, .grown, .completed, .dropped, .mounted, .blob, .pulled, .host, .secret: nil
        }
    }

    fileprivate var caller: Caller? {
        switch self {
        case .wanted(_, let caller), .grown(_, _, _, _, let caller),
            .completed(_, _, _, _, _, let caller), .mounted(_, _, _, _, let caller),
            .blob(_, _, _, _, let caller), .manifest(_, let caller),
            .pulled(_, _, _, let caller), .part(_, _, let caller), .layer(_, _, let caller):
            caller
        case .dropped, .host, .secret: nil
        }
    }
}
