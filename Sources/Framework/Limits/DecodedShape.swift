extension SpikingError {
  /// Throws unless what was decoded has the shape that its type relies on.
  ///
  /// - Throws: `invalidData` about `subject`.
  package static func require(
    _ isRight: Bool, _ subject: String, found: @autoclosure () -> String, expected: String
  ) throws(SpikingError) {
    if !isRight { throw SpikingError(.invalidData, subject, found: found(), expected: expected) }
  }
}
