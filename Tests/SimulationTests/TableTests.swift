import Foundation
import Testing

@testable import Simulation

@Suite struct TableTests {
    struct ThingID: Identifier {
        let rawValue: UInt32
        init(rawValue: UInt32) { self.rawValue = rawValue }
    }

    private typealias Things = Table<ThingID, String>

    private func expectEqual(_ table: Things, _ model: [UInt32: String], next: UInt32) {
        let ids = model.keys.sorted()
        #expect(table.nextID.rawValue == next)
        #expect(table.count == model.count)
        #expect(table.isEmpty == model.isEmpty)
        #expect(table.ids.map(\.rawValue) == ids)
        #expect(Array(table.values) == ids.map { model[$0]! })
        #expect(table.map(\.id.rawValue) == ids)
        #expect(table.map(\.value) == ids.map { model[$0]! })
        var walked: [UInt32] = []
        table.forEach { id, value in
            walked.append(id.rawValue)
            #expect(value == model[id.rawValue])
        }
        #expect(walked == ids)
        for id in 0..<(next + 40) {
            #expect(table.find(ThingID(rawValue: id)) == model[id])
            #expect(table.contains(ThingID(rawValue: id)) == (model[id] != nil))
        }
    }

    private func step(
        _ table: inout Things, _ model: inout [UInt32: String], _ words: inout Words, number: Int,
        inserting: Int
    ) {
        let roll = words.below(10)
        if roll < inserting || model.isEmpty {
            let next = table.nextID
            let id = table.insert { id in "\(id.rawValue): \(number)" }
            #expect(id == next)
            model[id.rawValue] = "\(id.rawValue): \(number)"
        } else {
            let id = model.keys.sorted()[words.below(model.count)]
            if roll == 9 {
                table[ThingID(rawValue: id)] += "+"
                model[id]! += "+"
            } else {
                #expect(table.remove(ThingID(rawValue: id)) == model.removeValue(forKey: id))
            }
        }
    }

    @Test(arguments: UInt64(0)..<30)
    func behavesLikeADictionaryThatCountsItsKeys(seed: UInt64) {
        var table = Things()
        var model: [UInt32: String] = [:]
        var words = Words(seed: seed)
        for number in 0..<500 {
            // Grows, then shrinks to nothing or nearly, then grows again.
            let inserting = number / 125 % 2 == 0 ? 7 : 2
            step(&table, &model, &words, number: number, inserting: inserting)
            if number % 50 == 49 { expectEqual(table, model, next: table.nextID.rawValue) }
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func aCopyStaysAsItWasWhileTheOriginalChanges(seed: UInt64) {
        var table = Things()
        var model: [UInt32: String] = [:]
        var words = Words(seed: seed)
        var copies: [(Things, [UInt32: String], UInt32)] = []
        for number in 0..<300 {
            if words.below(30) == 0 { copies.append((table, model, table.nextID.rawValue)) }
            step(&table, &model, &words, number: number, inserting: 6)
        }
        for copy in copies { expectEqual(copy.0, copy.1, next: copy.2) }
    }

    @Test(arguments: UInt64(0)..<20)
    func aSavedAndLoadedTableIsEqualAndContinuesTheSame(seed: UInt64) throws {
        var table = Things()
        var model: [UInt32: String] = [:]
        var words = Words(seed: seed)
        for number in 0..<300 {
            step(&table, &model, &words, number: number, inserting: number < 150 ? 7 : 3)
            guard words.below(20) == 0 else { continue }
            let loaded = try reloaded(table)
            #expect(loaded == table)
            #expect(try json(loaded) == json(table))
            table = loaded
        }
        expectEqual(table, model, next: table.nextID.rawValue)
    }

    @Test func theFirstChangeAfterACopyCopiesOneChunk() {
        var table = Things()
        for number in 0..<320 { table.insert("\(number)") }
        let copy = table
        table[40] = "changed"
        let shared = zip(table.chunks, copy.chunks).filter { one, other in
            one.values.withUnsafeBufferPointer { $0.baseAddress }
                == other.values.withUnsafeBufferPointer { $0.baseAddress }
        }
        #expect(shared.count == 9)
        #expect(copy[40] == "40")
    }

    @Test func aChunkOfWhichNothingIsLeftIsFreed() {
        var table = Table<ThingID, Int>()
        for number in 0..<3200 {
            let id = table.insert(number)
            if number >= 10 { table.remove(ThingID(rawValue: id.rawValue - 10)) }
            #expect(table.chunks.count <= 2)
        }
        #expect(table.ids.map(\.rawValue) == Array(3190..<3200))
    }

    @Test func aSmallTableReservesLittle() {
        var table = Table<ThingID, Int>()
        table.insert(1)
        table.insert(2)
        #expect(table.chunks[0].values.capacity < 8)
    }

    @Test func equalTablesAreEqualWhateverTheyWentThrough() {
        var one = Table<ThingID, Int>()
        for number in 0..<200 { one.insert(number) }
        var other = one
        for id in UInt32(0)..<200 where id != 100 { one.remove(ThingID(rawValue: id)) }
        for id in (UInt32(0)..<200).reversed() where id != 100 {
            other.remove(ThingID(rawValue: id))
        }
        #expect(one == other)
        one.remove(100)
        #expect(one != other)
    }

    @Test func whatMayHaveChangedSinceACopyIsFound() {
        var table = Table<ThingID, Int>()
        for number in 0..<200 { table.insert(number) }
        let copy = table
        #expect(table.ids(changedSince: copy).isEmpty)
        table[70] = 0
        table.insert(200)
        table.remove(0)
        let changed = Set(table.ids(changedSince: copy))
        #expect(changed.isSuperset(of: [0, 70, 200]))
        // With their neighbours, and nothing else: three chunks of 32.
        #expect(changed.allSatisfy { [0, 2, 6].contains($0.rawValue / 32) })
        #expect(Set(copy.ids(changedSince: table)) == changed)
        #expect(table.ids(changedSince: Table()) == Array(table.ids))
        #expect(Table().ids(changedSince: table) == Array(table.ids))
    }

    @Test(arguments: [
        #"{"next":3,"ids":[1,1],"values":[5,6]}"#, #"{"next":3,"ids":[2,1],"values":[5,6]}"#,
        #"{"next":3,"ids":[1,3],"values":[5,6]}"#, #"{"next":3,"ids":[1],"values":[5,6]}"#,
    ])
    func aDamagedTableIsRefused(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Table<ThingID, Int>.self, from: Data(text.utf8))
        }
    }

    @Test func anIdIsABareNumberWhenSavedAndALiteralInCode() throws {
        let id: ThingID = 7
        #expect(try json([id]) == "[7]")
        #expect(try reloaded([id]) == [7])
        #expect(id < 8)
        #expect(Set([id, 7, 8]).count == 2)
    }

    @Test func anIdThatWasRemovedCannotBeUsed() async {
        await #expect(processExitsWith: .failure) {
            var table = Table<ThingID, Int>()
            let id = table.insert(1)
            table.insert(2)
            table.remove(id)
            _ = table[id]
        }
    }
}
