import CloudAPI

/// Which addresses of a subnet are in use. Gives out the next free one, in a circle, so that an
/// address does not come back at once. (AWS gives out a random one; vpc.md section 4.)
struct AddressPool: Sendable, Codable {
    private var taken: [UInt64]
    private let size: Int
    private var start: Int
    private(set) var free: Int

    /// The first four addresses and the last one are AWS's own.
    init(_ block: CIDRBlock) {
        size = block.count
        taken = [UInt64](repeating: 0, count: (size + 63) / 64)
        start = 4
        free = size - 5
    }

    var isUnused: Bool { free == size - 5 }

    func isReserved(_ offset: Int) -> Bool { offset < 4 || offset == size - 1 }

    func isTaken(_ offset: Int) -> Bool {
        isReserved(offset) || taken[offset / 64] >> UInt64(offset % 64) & 1 == 1
    }

    /// The offset in the block of the address that is given out next; `nil` if none is free.
    var next: Int? {
        guard free > 0 else { return nil }
        var offset = start
        while isTaken(offset) { offset = (offset + 1) % size }
        return offset
    }

    /// Takes the next free address.
    mutating func take() -> Int? {
        guard let offset = next else { return nil }
        take(offset)
        start = (offset + 1) % size
        return offset
    }

    mutating func take(_ offset: Int) {
        precondition(!isTaken(offset), "an address is given out once")
        taken[offset / 64] |= 1 << UInt64(offset % 64)
        free -= 1
    }

    mutating func giveBack(_ offset: Int) {
        taken[offset / 64] &= ~(1 << UInt64(offset % 64))
        free += 1
    }
}

extension Network {
    /// The place in a subnet of an address that a caller wants, if it is free.
    func freeOffset(of text: String, in subnet: SubnetID) throws(APIFailure) -> Int {
        let block = subnets[subnet].block
        guard let address = IPv4Address(text) else {
            // This text and the next two: assumed.
            throw .ec2InvalidValue(text, of: "address", "Invalid IPv4 address")
        }
        guard block.contains(address) else {
            throw .ec2Invalid("Address does not fall within the subnet's address range")
        }
        let offset = Int(address.rawValue - block.first.rawValue)
        guard !subnets[subnet].pool.isReserved(offset) else {
            throw .ec2Invalid("Address is in subnet's reserved address range")
        }
        guard !subnets[subnet].pool.isTaken(offset) else {
            throw .addressInUse("The specified address is already in use.")
        }
        return offset
    }
}
