public import SpikingFitting
public import SpikingFramework

extension Catalogue {
  /// The basis that a text describes, `NAME:COUNT:WINDOW` with the number of functions and of lags,
  /// the other parameters as they are by default, `raised-cosine-log:5:20`, or behind, `raised-cosine-log:5:20:stretch=10`. One with as many functions as lags
  /// needs one number: `identity:10`. Nil for `none`.
  ///
  /// - Throws: `unknownName` for a text of another form or a name that is not there,
  ///   `invalidParameter` for numbers that do not make a basis.
  public func basis(_ text: String) throws(SpikingError) -> (any Basis)? {
    if text == "none" { return nil }
    let parsed = BasisText(text)
    let numbers = parsed?.numbers.compactMap { Int(exactly: $0) } ?? []
    guard let parsed, let prototype = try? find(parsed.name, .basis, bases),
      numbers.count == parsed.numbers.count,
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
    let basis = try parsed.sized(prototype, count: count, window: window)
    guard basis.count == count else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"",
        expected: "as many functions as lags, \(parsed.name):\(window)")
    }
    return basis
  }

  /// The functions of values that a text describes, `NAME:COUNT:LOW:HIGH` with the ends of their range, the other
  /// parameters as they are by default or behind: `b-spline:8:0:100`, `b-spline:8:0:100:order=3`.
  ///
  /// - Throws: `unknownName` for a text of another form, a name that is not there or a basis of lags alone,
  ///   `invalidParameter` for numbers that do not make a basis, or an empty range.
  public func valueBasis(_ text: String) throws(SpikingError) -> ValueBasis {
    let continuous = bases.compactMap { $0 as? any ContinuousBasis }
    let parsed = BasisText(text)
    guard let parsed, parsed.numbers.count == 3, let count = Int(exactly: parsed.numbers[0]),
      let prototype = (try? find(parsed.name, .basis, bases)) as? any ContinuousBasis
    else {
      throw SpikingError(
        .unknownName, "basis", found: "\"\(text)\"",
        expected: "NAME:COUNT:LOW:HIGH, such as b-spline:8:0:100, with a name of "
          + continuous.map { name(of: $0, .basis) }.joined(separator: ", "))
    }
    let (low, high) = (parsed.numbers[1], parsed.numbers[2])
    guard (1...1000).contains(count), low < high, (high - low).isFinite else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"",
        expected: "a COUNT from 1 to 1000, and LOW below HIGH")
    }
    // Lags mean nothing here; there are as many as some bases need.
    let basis = try parsed.sized(prototype, count: count, window: max(count, 2))
    guard let basis = basis as? any ContinuousBasis, basis.count == count else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"", expected: "\(count) functions")
    }
    return ValueBasis(basis, over: low...high)
  }

  /// The text of a basis, `NAME:COUNT:WINDOW` or, of values, `NAME:COUNT:LOW:HIGH`, with those parameters that are not as
  /// they are by default.
  package func text(
    of basis: RegisteredBasis, count: Int, window: Int, range: ClosedRange<Double>? = nil
  ) -> String {
    let prototype = entry(named: basis.name, .basis) as? any Basis
    let usual = prototype.flatMap {
      try? $0.resized(count: count, window: range == nil ? window : max(count, 2))
    }
    let standard = usual?.valuesByName ?? [:]
    let others = basis.parameters.filter { name, value in
      name != "count" && name != "window" && standard[name] != value
    }.sorted { $0.key < $1.key }.map { ":\($0)=\(brief($1))" }
    let numbers: [String] =
      if let range {
        ["\(count)", brief(range.lowerBound), brief(range.upperBound)]
      } else if let usual, usual.count == usual.window, usual.count == window,
        !usual.parameters.contains(where: { $0.name == "count" })
      {
        ["\(window)"]
      } else {
        ["\(count)", "\(window)"]
      }
    return "\(basis.name):\(numbers.joined(separator: ":"))\(others.joined())"
  }
}
