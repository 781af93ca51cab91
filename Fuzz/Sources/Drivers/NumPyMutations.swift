/// Changes of a `.npy`: a header of its own that says something else of the same data.
enum NumPyMutations {
  private static let types = [
    "|b1", "|u1", "|i1", "<u2", ">u2", "<i4", "<u4", "<i8", ">i8", "<u8", "<f2", "<f4", "<f8",
    ">f8",
    "<U4", "<U0", "<U999999999", "|S4", "|O", "<c16", "<M8[ns]", "|V0", "", "\u{1B}[31m",
  ]
  private static let dimensions = [
    "0", "1", "2", "3", "8", "-1", "9223372036854775807", "4611686018427387904", "4294967296",
    "2147483648", "65536", "99999999999999999999", "1.5", "True", "'8'",
  ]

  /// One change, of a kind drawn at random.
  static func change(_ bytes: inout [UInt8], other: [UInt8], _ random: inout Random) {
    guard bytes.count > 10, random.below(2) > 0 else {
      return ByteMutations.change(&bytes, other: other, &random)
    }
    let end = min(10 + ByteMutations.number(width: 2, at: 8, in: bytes), bytes.count)
    var header = String(decoding: bytes[10..<end], as: UTF8.self)
    switch random.below(6) {
    case 0, 1, 2:
      // Sizes are where readers go wrong.
      let count = [0, 1, 2, 2, 2, 3, 40][random.below(7)]
      let shape = (0..<count).map { _ in random.element(dimensions) }
      replace("'shape': (", ")", with: shape.map { $0 + ", " }.joined(), in: &header)
    case 3: replace("'descr': '", "'", with: random.element(types), in: &header)
    case 4:
      replace("'fortran_order': ", ",", with: random.element(["True", "1", "None"]), in: &header)
    default:
      var text = Array(header.utf8)
      TextMutations.change(&text, other: Array(other.prefix(128)), &random)
      header = String(decoding: text, as: UTF8.self)
    }
    let text = Array(header.utf8.prefix(60_000))
    let length = [UInt8(text.count & 0xFF), UInt8(text.count >> 8)]
    bytes.replaceSubrange(8..<end, with: length + text)
  }

  private static func replace(
    _ start: String, _ end: String, with text: String, in header: inout String
  ) {
    guard let first = header.firstRange(of: start),
      let last = header[first.upperBound...].firstRange(of: end)
    else { return }
    header.replaceSubrange(first.upperBound..<last.lowerBound, with: text)
  }
}
