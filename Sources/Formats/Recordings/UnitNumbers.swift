internal import SpikingFramework
internal import SpikingRecordings

/// The units of spikes as a file names them, by number or by name, numbered as they come.
struct UnitNumbers {
  /// For each spike the number of its unit.
  private(set) var ofSpikes: [UInt32] = []
  /// What the units are called.
  private(set) var names: [String] = []
  /// The numbers of units that are called by a small whole number, which most are: no table of hashes is as fast.
  private var bySmallID = [UInt32](repeating: .max, count: 1 << 16)
  private var byID: [Int: UInt32] = [:]
  private var byName: [String: UInt32] = [:]

  /// More units than any recording has.
  private static let most = 1 << 24

  init() {}

  /// The units of an array of whole numbers or of texts, one for each spike.
  ///
  /// - Throws: `invalidData` for another number of them.
  init(of array: NumPyArray, count: Int) throws(SpikingError) {
    guard array.count == count else {
      throw array.error(
        "shape", found: NumPyHeader.text(array.shape), expected: "(\(count),), one for each spike")
    }
    ofSpikes.reserveCapacity(count)
    do throws(SpikingError) {
      if array.elementType.isText {
        for name in try array.strings() { try append(name) }
      } else {
        for id in try array.integers() { try append(id) }
      }
    } catch {
      throw array.source.isEmpty || error.subject.hasPrefix(array.source)
        ? error : error.within(array.source)
    }
  }

  /// Adds a spike of the unit `id`.
  ///
  /// - Throws: `invalidData` where there are more units than any recording has.
  mutating func append(_ id: Int) throws(SpikingError) {
    let isSmall = bySmallID.indices.contains(id)
    if isSmall, bySmallID[id] != .max { return ofSpikes.append(bySmallID[id]) }
    if let known = byID[id] { return ofSpikes.append(known) }
    let number = try add("\(id)")
    if isSmall { bySmallID[id] = number } else { byID[id] = number }
    ofSpikes.append(number)
  }

  /// Adds spikes of the unit `name`.
  ///
  /// - Throws: as for a number.
  mutating func append(_ name: String, count: Int = 1) throws(SpikingError) {
    let number: UInt32
    if let known = byName[name] {
      number = known
    } else {
      number = try add(name)
      byName[name] = number
    }
    ofSpikes.append(contentsOf: repeatElement(number, count: count))
  }

  private mutating func add(_ name: String) throws(SpikingError) -> UInt32 {
    guard names.count < Self.most else {
      throw SpikingError(
        .invalidData, "units", found: "more than \(Self.most)", expected: "fewer units")
    }
    names.append(name)
    return UInt32(names.count - 1)
  }
}

extension UnitNumbers {
  /// The units in the order in which a recording has them: that of their numbers or, where not all are called by one, of
  /// their names.
  var order: [Int] {
    guard let numbers else { return names.indices.sorted { names[$0] < names[$1] } }
    return names.indices.sorted { numbers[$0] < numbers[$1] }
  }

  /// The names as numbers; nil where one is none.
  private var numbers: [Int]? {
    let numbers = names.compactMap { Int($0) }
    return numbers.count == names.count ? numbers : nil
  }

  /// What the units are called, in their order: `id`, or `name`.
  var column: Column {
    if let numbers { return Column("id", .integers(order.map { numbers[$0] })) }
    return Column("name", .texts(order.map { names[$0] }))
  }
}
