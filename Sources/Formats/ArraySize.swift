/// The size of an array whose shape a file claims: the one place where lengths are multiplied.
enum ArraySize {
  /// What an array without elements may have along its other dimensions. A loop over its rows
  /// does nothing, but must come to an end.
  static let maximumEmptyLength = 1 << 24

  /// What `elements(of:)` accepts, for errors.
  static let expected =
    "lengths whose product is below 2^63, and at most \(maximumEmptyLength) but for those that are 0"

  /// The number of elements; nil where a length is negative, the product overflows, or an array without
  /// elements has giant lengths beside the 0.
  static func elements(of shape: [Int]) -> Int? {
    var product = 1
    for length in shape where length != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      guard length > 0, !overflow else { return nil }
      product = next
    }
    guard shape.contains(0) else { return product }
    return product <= maximumEmptyLength ? 0 : nil
  }

  /// The number of bytes of elements of `size` bytes; nil as above.
  static func bytes(of shape: [Int], _ size: Int) -> Int? {
    guard let elements = elements(of: shape) else { return nil }
    let (bytes, overflow) = elements.multipliedReportingOverflow(by: size)
    return overflow ? nil : bytes
  }
}
