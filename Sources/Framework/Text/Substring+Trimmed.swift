extension Substring {
  /// The text without the blanks and line breaks of ASCII at its ends.
  package var trimmed: Substring {
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || 9...13 ~= byte }
    var rest = utf8[...]
    while let byte = rest.first, isBlank(byte) { rest.removeFirst() }
    while let byte = rest.last, isBlank(byte) { rest.removeLast() }
    return Substring(rest)
  }
}
