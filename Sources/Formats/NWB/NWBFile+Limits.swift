extension NWBFile {
  /// What reading a file may take: what bounds the harm of a damaged or hostile one.
  public struct Limits: Hashable, Sendable {
    /// How many numbers a dataset may have, whatever the file holds of them. More are read where they are at
    /// most 16 times as many as its bytes in the file would be uncompressed, as those of recordings are: what was
    /// never written, and long constants, take little room in a file.
    public var values: Int
    /// Processor time for reading one thing, in s; a second more for each 32 MB of the file and of numbers.
    public var seconds: Double

    /// Limits, of which those not given suit recordings: 4 194 304 numbers, 32 MB, and 10 s.
    public init(values: Int = 1 << 22, seconds: Double = 10) {
      self.values = values
      self.seconds = seconds
    }

    /// More than compression makes of recordings.
    static let expansion = 16.0
  }
}
