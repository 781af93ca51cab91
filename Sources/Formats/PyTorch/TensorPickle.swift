internal import Foundation
internal import SpikingFramework

/// The tensor that a pickle describes, as `torch.save` writes one.
///
/// A pickle is a program for a machine with a stack (Python's `pickletools` lists its operations). This machine knows the few
/// operations that a tensor needs, executes nothing, and refuses all else by name.
struct TensorPickle {
  private let bytes: [UInt8]
  private var position = 0
  private var stack: [PickleValue] = []
  private var memo: [Int: PickleValue] = [:]

  /// A tensor takes some 200 bytes, with names of attributes of a parameter some more.
  static let maximumLength = 1 << 16
  /// A parameter of a tensor with a storage in it nests tuples three deep.
  private static let maximumDepth = 8

  /// The tensor, or the tensor of a parameter, that `data` describes.
  ///
  /// - Throws: `invalidData` that names the operation or the name of Python that is no part of a tensor.
  static func tensor(_ data: Data) throws(SpikingError) -> Tensor {
    var pickle = TensorPickle(bytes: [UInt8](data))
    let value = try pickle.run()
    guard case .tensor(let tensor) = value else { throw expected("a tensor", value.description) }
    return tensor
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Executes operation after operation.
  ///
  /// - Returns: what is on the stack at the end.
  private mutating func run() throws(SpikingError) -> PickleValue {
    while true {
      let operation = try byte()
      switch operation {
      case 0x80: _ = try byte()  // Protocol.
      case 0x95: _ = try take(8)  // Frame: a length that only hurries reading.
      case UInt8(ascii: "."): return try pop()
      case UInt8(ascii: "("): stack.append(.mark)
      case UInt8(ascii: "N"): stack.append(.nothing)
      case 0x88: stack.append(.flag(true))
      case 0x89: stack.append(.flag(false))
      case UInt8(ascii: "}"): stack.append(.dictionary)
      case UInt8(ascii: "K"): stack.append(.integer(try number(1)))
      case UInt8(ascii: "M"): stack.append(.integer(try number(2)))
      case UInt8(ascii: "J"): stack.append(.integer(Int(Int32(truncatingIfNeeded: try number(4)))))
      case 0x8A: stack.append(.integer(try long()))
      case 0x8C: stack.append(.text(try text(1)))
      case UInt8(ascii: "X"): stack.append(.text(try text(4)))
      case UInt8(ascii: "c"): stack.append(try global("\(try line()).\(try line())"))
      case 0x93:
        let (name, module) = (try pop(), try pop())
        guard case .text(let name) = name, case .text(let module) = module else {
          throw Self.expected("the name of a type", name.description)
        }
        stack.append(try global("\(module).\(name)"))
      case UInt8(ascii: ")"): try push([])
      case UInt8(ascii: "t"): try push(sinceMark())
      case 0x85...0x87:
        var members: [PickleValue] = []
        for _ in 0..<(operation - 0x84) { members.insert(try pop(), at: 0) }
        try push(members)
      case UInt8(ascii: "q"): memo[try number(1)] = try top()
      case UInt8(ascii: "r"): memo[try number(4)] = try top()
      case 0x94: memo[memo.count] = try top()
      case UInt8(ascii: "h"): stack.append(try recalled(number(1)))
      case UInt8(ascii: "j"): stack.append(try recalled(number(4)))
      case UInt8(ascii: "Q"): stack.append(.storage(try TensorBuilder.storage(pop())))
      case UInt8(ascii: "R"):
        let arguments = try pop()
        stack.append(try TensorBuilder.call(pop(), arguments))
      default:
        let letter = 33...126 ~= operation ? " '\(Character(Unicode.Scalar(operation)))'" : ""
        throw Self.expected(
          "a tensor alone", "the operation 0x\(String(operation, radix: 16))\(letter)")
      }
    }
  }

  private static func expected(_ expected: String, _ found: String) -> SpikingError {
    SpikingError(.invalidData, "data.pkl", found: found, expected: expected)
  }
}

extension TensorPickle {
  private func global(_ name: String) throws(SpikingError) -> PickleValue {
    guard TensorBuilder.isKnown(name) else {
      throw Self.expected("a tensor, whose pickle names nothing but parts of torch", name)
    }
    return .global(name)
  }

  private mutating func pop() throws(SpikingError) -> PickleValue {
    guard let value = stack.popLast() else { throw Self.expected("a value", "an empty stack") }
    return value
  }

  private func top() throws(SpikingError) -> PickleValue {
    guard let value = stack.last else { throw Self.expected("a value", "an empty stack") }
    return value
  }

  private func recalled(_ number: Int) throws(SpikingError) -> PickleValue {
    guard let value = memo[number] else {
      throw Self.expected("one that was noted", "the note \(number)")
    }
    return value
  }

  private mutating func sinceMark() throws(SpikingError) -> [PickleValue] {
    var members: [PickleValue] = []
    while true {
      let value = try pop()
      if case .mark = value { return members.reversed() }
      members.append(value)
    }
  }

  /// Pushes a tuple, unless it is nested deeper than those of a tensor: what is nested without a bound is also
  /// released without one.
  private mutating func push(_ members: [PickleValue]) throws(SpikingError) {
    var depth = 1
    for case .tuple(_, let inner) in members { depth = max(depth, inner + 1) }
    guard depth <= Self.maximumDepth else {
      throw Self.expected("at most \(Self.maximumDepth)", "\(depth) tuples in each other")
    }
    stack.append(.tuple(members, depth: depth))
  }

  private mutating func byte() throws(SpikingError) -> UInt8 {
    guard position < bytes.count else { throw Self.expected("more bytes", "the end") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func take(_ count: Int) throws(SpikingError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw Self.expected("more bytes", "the end") }
    position += count
    return bytes[(position - count)..<position]
  }

  /// A whole number of some bytes, little-endian, without a sign.
  private mutating func number(_ count: Int) throws(SpikingError) -> Int {
    try take(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// A whole number of up to 8 bytes after their number, in two's complement.
  private mutating func long() throws(SpikingError) -> Int {
    let count = try number(1)
    guard count <= 8 else { throw Self.expected("numbers of at most 8", "one of \(count) bytes") }
    let bytes = try take(count)
    let isNegative = bytes.last.map { $0 > 127 } ?? false
    return bytes.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) }
  }

  /// A text after the number of its bytes, which has some bytes itself.
  private mutating func text(_ count: Int) throws(SpikingError) -> String {
    String(decoding: try take(number(count)), as: UTF8.self)
  }

  private mutating func line() throws(SpikingError) -> String {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw Self.expected("a line", "the end")
    }
    defer { position = end + 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
