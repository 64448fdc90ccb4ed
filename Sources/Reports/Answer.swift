import Experiments
import Simulation

/// What a deployment did to its users, in a few plain sentences.
struct Answer: Equatable {
    enum Verdict: String {
        /// Completed, the new version answers, and at no moment could a request fail.
        case good
        /// Completed, but not like that.
        case caution
        /// Not completed.
        case bad
    }

    var verdict: Verdict
    /// The most important one first.
    var sentences: [String]
}

extension DeploymentResult {
    func answer(in language: Language) -> Answer {
        let isAnswering = firstAnswerNew != nil || isSameVersion
        let isClean =
            noVersion.total == .zero && degraded.total == .zero && probe.failed == 0 && isAnswering
        let verdict: Answer.Verdict = outcome != .completed ? .bad : isClean ? .good : .caution
        let sentences =
            failure(in: language) + downtime(in: language) + [overlap(in: language)]
            + degradation(in: language) + requests(in: language) + ends(in: language)
        return Answer(verdict: verdict, sentences: sentences)
    }

    /// Whether old tasks made room for new ones of the same version.
    private var isSameVersion: Bool {
        let lives = lives
        return versions.count == 1 && newVersions == [versions[0]]
            && lives.contains { $0.starting.isEmpty && $0.version == versions[0] }
    }

    private func failure(in language: Language) -> [String] {
        switch outcome {
        case .completed: []
        case .failed: [language.words.failed]
        case .rolledBack: [language.words.rolledBack]
        case .stuck:
            [
                replacedAt.map { language.words.replaced(language.length($0)) }
                    ?? language.words.stuck(language.length(measuredUntil))
            ]
        }
    }

    private func overlap(in language: Language) -> String {
        let words = language.words
        if let first = bothVersions.windows.first, let last = bothVersions.windows.last {
            return words.bothReachable(
                language.length(bothVersions.total), language.length(first.from),
                language.length(last.to), count: bothVersions.windows.count)
        }
        if isSameVersion { return words.sameVersion }
        switch (firstAnswerNew, versions.count) {
        case (nil, 0): return words.nothingAnswered
        case (nil, _): return words.newNeverAnswered
        case (_, 1): return words.noOldVersion
        default: return words.neverTogether
        }
    }

    /// Before anything else if there was one.
    private func downtime(in language: Language) -> [String] {
        guard let first = noVersion.windows.first, let last = noVersion.windows.last else {
            return []
        }
        return [
            language.words.noneReachable(
                language.length(noVersion.total), language.length(first.from),
                language.length(last.to), count: noVersion.windows.count)
        ]
    }

    private func degradation(in language: Language) -> [String] {
        let words = language.words
        var sentences = noVersion.windows.isEmpty ? [words.noDowntime] : []
        if let first = degraded.windows.first, let last = degraded.windows.last {
            sentences.append(
                words.degraded(
                    language.length(degraded.total), language.length(first.from),
                    language.length(last.to), count: degraded.windows.count))
        }
        if failedRequestSeconds > 0 {
            let decimals = failedRequestSeconds < 1 ? 3 : 1
            let amount = language.number(failedRequestSeconds, decimals: decimals)
            sentences.append(words.failedRequests(amount))
        }
        return sentences
    }

    /// Says "no request failed" only where none could have.
    private func requests(in language: Language) -> [String] {
        let words = language.words
        let couldFail = !noVersion.windows.isEmpty || !degraded.windows.isEmpty
        if probe.failed > 0 {
            return [words.someFailed(String(probe.failed), of: String(probe.requests))]
        }
        if !couldFail { return [words.noRequestFailed] }
        return probe.requests > 0 ? [words.noProbeFailed(String(probe.requests))] : []
    }

    private func ends(in language: Language) -> [String] {
        let words = language.words
        let parts = [
            restart.map { words.restarted(language.length($0)) },
            completedAt.map { words.completed(language.length($0)) },
        ].compactMap { $0 }
        guard let first = parts.first?.first else { return [] }
        let sentence = parts.joined(separator: "; ")
        return [first.uppercased() + sentence.dropFirst() + "."]
    }
}
