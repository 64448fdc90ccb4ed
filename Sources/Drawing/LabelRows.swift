/// Finds room for labels that belong to points on a line, so that none covers another.
struct LabelRows {
    struct Place: Equatable {
        /// Counted from the line downwards.
        var row: Int
        var start: Double
        var end: Double
        /// Whether the label stands left of its point and ends there.
        var leftwards: Bool
    }

    /// Places labels to the right of their points, or to the left where the line would end.
    ///
    /// Lines lead from the points down to the labels, so the rows are chosen to let as few of them
    /// as possible run through a label, and then to be few. A label too long for both sides gets
    /// the larger one, and is to be cut to it.
    ///
    /// - Returns: The places in the order of `labels`.
    static func place(
        _ labels: [(at: Double, size: Double)], along length: Double, gap: Double
    ) -> [Place] {
        let places = labels.map { at, size in
            let leftwards = at + size > length && at > length - at
            return Place(
                row: 0, start: leftwards ? max(0, at - size) : at,
                end: leftwards ? at : min(length, at + size), leftwards: leftwards)
        }
        // Labels that stand right of their lines are passed by the lines of earlier points if those
        // come later, and the other way round.
        let order = places.indices.sorted { (labels[$0].at, $0) < (labels[$1].at, $1) }
        let left = order.filter { places[$0].leftwards }
        let right = order.filter { !places[$0].leftwards }.reversed()
        let tries = [left + right, right + left].map { stack(places, in: $0, gap: gap) }
        return cost(tries[1], labels.map(\.at)) < cost(tries[0], labels.map(\.at))
            ? tries[1] : tries[0]
    }

    /// Gives each label the first row, from the one above on, in which it covers nothing.
    private static func stack(_ places: [Place], in order: [Int], gap: Double) -> [Place] {
        var places = places
        var rows: [[Int]] = []
        for index in order {
            let place = places[index]
            let row = rows.firstIndex { row in
                row.allSatisfy {
                    places[$0].end + gap <= place.start || place.end + gap <= places[$0].start
                }
            }
            if row == nil { rows.append([]) }
            places[index].row = row ?? rows.count - 1
            rows[places[index].row].append(index)
        }
        return places
    }

    /// Lines that run through labels, and then rows.
    private static func cost(_ places: [Place], _ points: [Double]) -> (Int, Int) {
        var crossings = 0
        for (place, point) in zip(places, points) {
            crossings += places.count { $0.row < place.row && $0.start < point && point < $0.end }
        }
        return (crossings, places.map(\.row).max() ?? 0)
    }
}
