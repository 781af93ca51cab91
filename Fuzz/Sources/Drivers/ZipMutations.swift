/// Changes of a `.npz`: of an array inside, with a valid archive around it; of the list of arrays; or of
/// what the archive says of its entries.
enum ZipMutations {
  struct Entry {
    var name: [UInt8]
    var data: [UInt8]
  }

  /// One change, of a kind drawn at random.
  static func change(_ bytes: inout [UInt8], other: [UInt8], _ random: inout Random) {
    var entries = entries(bytes)
    guard !entries.isEmpty, random.below(4) > 0 else {
      return changeSizes(&bytes, other: other, &random)
    }
    let index = random.below(entries.count)
    switch random.below(12) {
    case 0: entries.remove(at: index)
    case 1: entries.append(entries[index])
    case 2: entries[index].data = random.element(entries).data
    case 3: entries[index].name = random.element(entries).name
    case 4: TextMutations.change(&entries[index].name, other: [], &random)
    default: NumPyMutations.change(&entries[index].data, other: other, &random)
    }
    bytes = archive(entries)
  }

  /// Lets an entry lie about its sizes, its method or its place.
  private static func changeSizes(
    _ bytes: inout [UInt8], other: [UInt8], _ random: inout Random
  ) {
    let starts = bytes.indices.dropLast(46).filter {
      bytes[$0] == 0x50 && bytes[$0 + 1] == 0x4B && bytes[$0 + 2] < 8 && bytes[$0 + 3] < 9
    }
    guard !starts.isEmpty, random.below(3) > 0 else {
      return ByteMutations.change(&bytes, other: other, &random)
    }
    let place =
      random.element(starts) + [6, 8, 10, 16, 18, 20, 22, 24, 26, 28, 42][random.below(11)]
    ByteMutations.put(
      random.element(ByteMutations.giants), width: [2, 4][random.below(2)], at: place, in: &bytes)
  }

  /// The stored entries of an archive, as their local headers have them.
  private static func entries(_ bytes: [UInt8]) -> [Entry] {
    var entries: [Entry] = []
    var place = 0
    while place + 30 <= bytes.count, bytes[place..<place + 4].elementsEqual([0x50, 0x4B, 3, 4]) {
      let number = { ByteMutations.number(width: $1, at: place + $0, in: bytes) }
      let (name, extra) = (place + 30, number(26, 2) + place + 30)
      let data = extra + number(28, 2)
      // A size of zip64 stands in the extra field.
      let isLong = number(22, 4) == 0xFFFF_FFFF && extra + 12 <= bytes.count
      let size = isLong ? ByteMutations.number(width: 4, at: extra + 4, in: bytes) : number(22, 4)
      guard number(8, 2) == 0, data + size <= bytes.count else { break }
      entries.append(
        Entry(name: Array(bytes[name..<extra]), data: Array(bytes[data..<data + size])))
      place = data + size
    }
    return entries
  }

  /// An archive of stored entries.
  static func archive(_ entries: [Entry]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let (check, size) = (UInt64(checksum(entry.data)), UInt64(entry.data.count))
      // Version, flags, method, time and date (1 January 1980); then checksum, sizes, lengths.
      let description =
        number(20, 2) + number(0, 6) + number(33, 2) + number(check, 4) + number(size, 4)
        + number(size, 4) + number(UInt64(entry.name.count), 2) + number(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + number(20, 2) + description + number(0, 10)
        + number(UInt64(bytes.count), 4) + entry.name
      bytes += [0x50, 0x4B, 3, 4] + description + entry.name + entry.data
    }
    let count = number(UInt64(entries.count), 2)
    return bytes + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + count + count
      + number(UInt64(directory.count), 4) + number(UInt64(bytes.count), 4) + number(0, 2)
  }

  private static func number(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 of zip, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
