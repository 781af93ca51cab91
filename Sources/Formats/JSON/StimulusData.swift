internal import SpikingFramework

/// Lists what a stimulus consists of beside its parameters.
struct StimulusDataNames: DataVisitor {
  private(set) var arrays: [String] = []
  /// What no file can hold.
  private(set) var opaque: [String] = []

  mutating func callAsFunction(
    _ name: StaticString, _ arrays: inout [NumericArray], as layout: DataLayout
  ) {
    self.arrays.append("\(name)")
  }

  mutating func callAsFunction(opaque name: StaticString) { opaque.append("\(name)") }
}

/// Gives a stimulus the arrays of a JSON object, each under its name; "file" stands for the first.
struct StimulusDataReader: DataVisitor {
  let object: JSONObject
  private(set) var failure: SpikingError?
  private var isFirst = true

  init(object: JSONObject) { self.object = object }

  mutating func callAsFunction(
    _ name: StaticString, _ arrays: inout [NumericArray], as layout: DataLayout
  ) {
    defer { isFirst = false }
    if failure != nil { return }
    do throws(SpikingError) {
      let isFile = isFirst && object["file"] != nil
      if isFile, object["\(name)"] != nil {
        throw object.error("file", expected: "either file or \(name)")
      }
      arrays = try object.arrays(isFile ? "file" : "\(name)", as: layout)
    } catch {
      failure = error
    }
  }

  mutating func callAsFunction(opaque name: StaticString) {}
}
