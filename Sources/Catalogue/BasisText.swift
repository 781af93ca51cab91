internal import SpikingFramework

/// A basis as options and files write it: `NAME:NUMBER:NUMBER…`, and perhaps parameters, `:order=3`.
struct BasisText {
  let text: String
  let name: String
  let numbers: [Double]
  let parameters: [(name: String, value: Double)]

  /// Nil where a part is neither a number nor a parameter, or a number follows a parameter.
  init?(_ text: String) {
    self.text = text
    var numbers: [Double] = []
    var parameters: [(name: String, value: Double)] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    name = parts.first.map(String.init) ?? ""
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard let value = sides.last.flatMap({ Double($0) }), value.isFinite else { return nil }
      if sides.count == 2 {
        parameters.append((sides[0], value))
      } else {
        guard parameters.isEmpty else { return nil }
        numbers.append(value)
      }
    }
    self.numbers = numbers
    self.parameters = parameters
  }

  /// A basis of so many functions and lags, with the parameters of the text.
  func sized(
    _ prototype: some Basis, count: Int, window: Int
  ) throws(SpikingError) -> any Basis {
    do throws(SpikingError) {
      var basis = try prototype.resized(count: count, window: window)
      for (name, value) in parameters { try basis.setParameter(name, to: value) }
      try basis.validate()
      return basis
    } catch {
      throw error.within("basis \"\(text)\"")
    }
  }
}
