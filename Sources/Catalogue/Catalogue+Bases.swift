public import SpikingFramework

extension Catalogue {
  /// The basis that a text describes, `NAME:COUNT:WINDOW` with the number of functions and of lags,
  /// the other parameters as they are by default: `raised-cosine-log:5:20`. One with as many functions as lags
  /// needs one number: `identity:10`. Nil for `none`.
  ///
  /// - Throws: `unknownName` for a text of another form or a name that is not there,
  ///   `invalidParameter` for numbers that do not make a basis.
  public func basis(_ text: String) throws(SpikingError) -> (any Basis)? {
    if text == "none" { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().compactMap { Int($0) }
    let name = String(parts.first ?? "")
    guard let prototype = try? find(name, .basis, bases), numbers.count == parts.count - 1,
      numbers.count == 2 || numbers.count == 1 && prototype.count == prototype.window
    else {
      throw SpikingError(
        .unknownName, "basis", found: "\"\(text)\"",
        expected: "none or NAME:COUNT:WINDOW, such as raised-cosine-log:5:20, with a name of "
          + names(.basis).joined(separator: ", "))
    }
    let (count, window) = (numbers[0], numbers[numbers.count - 1])
    // Lists are as long as the count says: one that is out of the question is not made.
    guard (1...1000).contains(count), (1...Int(ParameterDomain.filterWindow.upper)).contains(window)
    else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"",
        expected: "a COUNT from 1 to 1000 and a WINDOW from 1 to 100000")
    }
    let basis = try sized(prototype, count, window, text)
    guard basis.count == count else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"",
        expected: "as many functions as lags, \(name):\(window)")
    }
    return basis
  }

  private func sized(
    _ prototype: some Basis, _ count: Int, _ window: Int, _ text: String
  ) throws(SpikingError) -> any Basis {
    do throws(SpikingError) {
      let basis = try prototype.resized(count: count, window: window)
      try basis.validate()
      return basis
    } catch {
      throw error.within("basis \"\(text)\"")
    }
  }
}
