extension Int {
  /// The whole part of a number; the nearest that there is of one that is too large, 0 of what is no number.
  package init(saturating value: Double) {
    if let exact = Int(exactly: value.rounded(.towardZero)) {
      self = exact
    } else {
      self = value.isNaN ? 0 : value < 0 ? .min : .max
    }
  }
}
