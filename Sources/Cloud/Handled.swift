import CloudAPI

/// An operation that Drydock carries out. Giving an operation a `perform` is what makes it
/// supported; every other one of AWS's is answered with an honest "not yet".
public protocol Handled: APIOperation {
    /// Carries the operation out at the cloud's present instant.
    ///
    /// One that throws has changed nothing: whatever can be refused is refused before the first
    /// change.
    func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output
}

extension Cloud {
    /// Carries out one operation. The facts it brought about are in ``facts`` afterwards.
    ///
    /// - Throws: What AWS would answer; the cloud is then as it was.
    @discardableResult
    public mutating func perform<O: Handled>(
        _ operation: O, as caller: Caller = Caller()
    ) throws(APIFailure) -> O.Output {
        facts.removeAll(keepingCapacity: true)
        return try operation.perform(on: &self, as: caller)
    }
}
