/// The header of a group or a dataset: a list of messages, each of a kind. Source: HDF5 File Format Specification 3.0, IV.A.1.b.
struct HDF5Header {
  private var messages: [UInt8] = []
  /// Whether something was longer than the 65 535 bytes that a message has room for: a name, or thousands of texts.
  private(set) var isTooLong = false

  /// What no address is.
  private static let nowhere = UInt64.max

  /// The whole header, with its checksum.
  var bytes: [UInt8] {
    var bytes = Array("OHDR".utf8)
    // Version 2, the number of bytes in four.
    bytes += [2, 0x02]
    bytes.append(littleEndian: UInt32(clamping: messages.count))
    bytes += messages
    bytes.append(littleEndian: HDF5Checksum.of(bytes))
    return bytes
  }

  private mutating func add(_ kind: UInt8, _ content: [UInt8]) {
    guard content.count <= Int(UInt16.max) else {
      isTooLong = true
      return
    }
    messages.append(kind)
    messages.append(littleEndian: UInt16(content.count))
    messages.append(0)
    messages += content
  }

  /// That it is a group, whose links stand in the header, however many they are.
  mutating func addGroup() {
    var info: [UInt8] = [0, 0]
    info.append(littleEndian: Self.nowhere)
    info.append(littleEndian: Self.nowhere)
    add(0x02, info)
    // As many links as may stand in the header, and those below which they return to it.
    add(0x0a, [0, 0x01, 0xff, 0xff, 0xff, 0xff])
  }

  /// A link of a group to what it contains.
  mutating func addLink(_ name: String, to object: HDF5Object) {
    let name = Array(name.utf8)
    // Version 1, a hard link, with the character set, UTF-8, and four bytes for the length of the name.
    var link: [UInt8] = [1, 0x12, 1]
    link.append(littleEndian: UInt32(clamping: name.count))
    link += name
    link.append(littleEndian: UInt64(object.address))
    add(0x06, link)
  }

  /// That it is a dataset whose values stand in one piece at an address.
  mutating func addDataset(_ type: HDF5Type, shape: [Int], at address: Int) {
    add(0x01, Self.space(shape))
    add(0x03, type.message)
    // No value that fills what was never written.
    add(0x05, [3, 0x0a])
    let byteCount = shape.reduce(type.byteCount, *)
    var layout: [UInt8] = [3, 1]
    layout.append(littleEndian: byteCount == 0 ? Self.nowhere : UInt64(address))
    layout.append(littleEndian: UInt64(byteCount))
    add(0x08, layout)
  }

  /// An attribute with its values; `shape` is empty for one alone.
  mutating func addAttribute(_ name: String, _ type: HDF5Type, shape: [Int], values: [UInt8]) {
    let name = Array(name.utf8) + [0]
    let space = Self.space(shape)
    var attribute: [UInt8] = [3, 0]
    attribute.append(littleEndian: UInt16(clamping: name.count))
    attribute.append(littleEndian: UInt16(clamping: type.message.count))
    attribute.append(littleEndian: UInt16(clamping: space.count))
    attribute.append(1)
    add(0x0c, attribute + name + type.message + space + values)
  }

  /// The lengths of the dimensions; none are one value.
  private static func space(_ shape: [Int]) -> [UInt8] {
    var space: [UInt8] = [2, UInt8(clamping: shape.count), 0, shape.isEmpty ? 0 : 1]
    for length in shape { space.append(littleEndian: UInt64(length)) }
    return space
  }
}
