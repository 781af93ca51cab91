public import SpikingFramework

extension RandomStream {
  /// A whole number from 0 to `limit` − 1, each as likely: the high half of 32 random bits times
  /// `limit`, and again in the rare case that would make some numbers likelier (Lemire 2019, "Fast
  /// random integer generation in an interval").
  ///
  /// - Precondition: `limit` is from 1 to 2³² − 1.
  @inlinable
  public mutating func uniform(below limit: Int) -> Int {
    precondition(1...Int(UInt32.max) ~= limit, "no 32-bit number below \(limit)")
    let limit = UInt32(limit)
    var product = next32().multipliedFullWidth(by: limit)
    if product.low < limit {
      let threshold = (0 &- limit) % limit
      while product.low < threshold { product = next32().multipliedFullWidth(by: limit) }
    }
    return Int(product.high)
  }
}
