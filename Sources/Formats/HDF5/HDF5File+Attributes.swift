internal import CHDF5
internal import SpikingFramework

extension HDF5File {
  /// An attribute that is one number; nil where there is none.
  ///
  /// - Throws: `invalidData` where the attribute is not one number.
  func number(_ name: String, of object: String) throws(SpikingError) -> Double? {
    try withAttribute(name, of: object) { (attribute) throws(SpikingError) in
      let type = H5Aget_type(attribute)
      defer { H5Tclose(type) }
      var value = 0.0
      guard [H5T_INTEGER, H5T_FLOAT].contains(H5Tget_class(type)), Self.isScalar(attribute),
        H5Aread(attribute, spiking_hdf5_double(), &value) >= 0
      else { throw failure("\(object)@\(name)", found: "something else", expected: "a number") }
      return value
    }
  }

  /// An attribute that is one text; nil where there is none.
  ///
  /// - Throws: `invalidData` where the attribute is not one text.
  func text(_ name: String, of object: String) throws(SpikingError) -> String? {
    try withAttribute(name, of: object) { (attribute) throws(SpikingError) in
      let type = H5Aget_type(attribute)
      defer { H5Tclose(type) }
      guard H5Tget_class(type) == H5T_STRING, Self.isScalar(attribute),
        let text = H5Tis_variable_str(type) > 0
          ? Self.variableText(attribute, type) : Self.fixedText(attribute, type)
      else { throw failure("\(object)@\(name)", found: "something else", expected: "a text") }
      return text
    }
  }

  private func withAttribute<Result: Sendable>(
    _ name: String, of object: String, _ body: (hid_t) throws(SpikingError) -> Result
  ) throws(SpikingError) -> Result? {
    try HDF5Library.call { () throws(SpikingError) in
      let attribute = H5Aopen_by_name(
        handle, object, name, spiking_hdf5_default(), spiking_hdf5_default())
      guard attribute >= 0 else { return nil }
      defer { H5Aclose(attribute) }
      return try body(attribute)
    }
  }

  private static func isScalar(_ attribute: hid_t) -> Bool {
    let space = H5Aget_space(attribute)
    defer { H5Sclose(space) }
    return H5Sget_simple_extent_npoints(space) == 1
  }

  /// HDF5 allocates texts of variable length.
  private static func variableText(_ attribute: hid_t, _ type: hid_t) -> String? {
    var characters: UnsafeMutablePointer<CChar>?
    guard H5Aread(attribute, type, &characters) >= 0, let characters else { return nil }
    defer { H5free_memory(characters) }
    return String(cString: characters)
  }

  /// Texts of fixed length end there, or earlier with a zero.
  private static func fixedText(_ attribute: hid_t, _ type: hid_t) -> String? {
    var characters = [UInt8](repeating: 0, count: H5Tget_size(type))
    guard H5Aread(attribute, type, &characters) >= 0 else { return nil }
    return String(decoding: characters.prefix { $0 != 0 }, as: UTF8.self)
  }
}
