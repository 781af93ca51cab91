internal import CFileLibraries
internal import SpikingFramework

extension HDF5File {
  /// An attribute that is one number; nil where there is none.
  ///
  /// - Throws: `invalidData` where the attribute is not one number.
  func number(_ name: String, of object: String) throws(SpikingError) -> Double? {
    try attribute(SPIKING_READER_NUMBER, name, of: object, expected: "a number")?.answer.number
  }

  /// An attribute that is one text; nil where there is none.
  ///
  /// - Throws: `invalidData` where the attribute is not one text, of at most 65 536 bytes.
  func text(_ name: String, of object: String) throws(SpikingError) -> String? {
    try attribute(SPIKING_READER_TEXT, name, of: object, expected: "a text")
      .map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  private func attribute(
    _ question: spiking_reader_question, _ name: String, of object: String, expected: String
  ) throws(SpikingError) -> ReaderProcess.Reply? {
    do {
      return try ask(question, object, name)
    } catch {
      guard error.message == ReaderProcess.isOther else { throw error }
      throw failure("\(object)@\(name)", found: error.message, expected: expected)
    }
  }
}
