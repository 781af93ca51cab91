internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

extension TensorArchive {
  /// Writes the weights of a network as a tensor of 32-bit numbers that `torch.load(path, weights_only=True)` opens, without delays.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(neurons²); memory for one row.
  static func write(weightsOf network: Connectivity, to path: String) throws(SpikingError) {
    // The elements are a file beside the archive while they are written.
    var elements = try OutputFile(path)
    try elements.write(rowsOf: network)
    try elements.flush()
    try ZipArchive.write(
      [
        ("archive/data.pkl", .parts([pickle(network.neuronCount)])),
        ("archive/byteorder", .parts([Data("little".utf8)])),
        ("archive/data/0", .file(elements.temporaryPath)),
        ("archive/version", .parts([Data("3\n".utf8)])),
      ], to: path)
  }

  /// The pickle of a square matrix in order of rows, as `torch.save` writes it, but for the notes that nothing recalls.
  private static func pickle(_ count: Int) -> Data {
    var bytes: [UInt8] = [0x80, 2]
    func write(_ text: String) { bytes += Array(text.utf8) }
    func write(text: String) { bytes += [UInt8(ascii: "X")] + word(text.utf8.count) + text.utf8 }
    func write(integer: Int) {
      // Eight bytes in two's complement, as numbers of elements may need more than 32 bits.
      bytes += [0x8A, 8] + (0..<8).map { UInt8(truncatingIfNeeded: integer >> (8 * $0)) }
    }
    func word(_ number: Int) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    write("ctorch._utils\n_rebuild_tensor_v2\n((")
    write(text: "storage")
    write("ctorch\nFloatStorage\n")
    write(text: "0")
    write(text: "cpu")
    write(integer: count * count)
    write("tQ")
    write(integer: 0)
    write(integer: count)
    write(integer: count)
    bytes.append(0x86)
    write(integer: count)
    write(integer: 1)
    bytes += [0x86, 0x89]
    write("ccollections\nOrderedDict\n)RtR.")
    return Data(bytes)
  }
}
