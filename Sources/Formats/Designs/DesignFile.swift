internal import Foundation
public import SpikingCatalogue
public import SpikingFiles
public import SpikingFitting
public import SpikingFramework

/// A design in a JSON file, and how it is to be fitted:
///
/// ```json
/// {"bin": 10, "observation": "poisson", "nonlinearity": "exp", "terms": [
///   {"term": "History", "basis": "raised-cosine-log:5:20"},
///   {"term": "Tuning", "name": "place", "of": ["x", "y"],
///    "basis": ["b-spline:8:0:100", "b-spline:8:0:100"], "smooth": 0.01, "order": 2},
///   {"term": "Event", "of": "trials.cue_time", "basis": "raised-cosine-log:8:100"},
///   {"term": "Category", "of": "trials.side"}]}
/// ```
///
/// A term has the fields of its type; `name`, by default that of its covariate; and a penalty of its own where it has any of
/// `ridge`, `lasso`, `groupLasso`, `smooth` and, for the order of its differences, `order`.
public struct DesignFile: Equatable, Sendable {
  /// The width of the bins in ms; nil for that of the command.
  public var bin: Double?
  /// The emission by name; nil for that of the command.
  public var observation: String?
  /// The nonlinearity by name; nil for that of the command.
  public var nonlinearity: String?
  /// The terms.
  public var design: Design

  /// A design, and how it is to be fitted.
  public init(
    _ design: Design, bin: Double? = nil, observation: String? = nil, nonlinearity: String? = nil
  ) {
    self.design = design
    self.bin = bin
    self.observation = observation
    self.nonlinearity = nonlinearity
  }

  /// Reads a file.
  ///
  /// - Throws: `unreadableFile`; `invalidData`, `unknownName` or `invalidParameter` naming the file, the term and the field.
  public init(
    contentsOf location: some FileLocation, catalogue: Catalogue = .standard
  ) throws(SpikingError) {
    let path = location.locationPath
    do throws(SpikingError) {
      try self.init(JSONObject(contentsOf: path), catalogue)
    } catch {
      throw error.subject == visible(path) ? error : error.within(path)
    }
  }

  /// Whether the file at `path` describes a design, and not a model or results.
  public static func isDesign(_ path: String) -> Bool {
    guard let object = try? JSONObject(contentsOf: path) else { return false }
    return object["terms"] != nil && Set(object.keys).isSubset(of: keys)
  }

  private static let keys = [
    "format", "version", "bin", "observation", "nonlinearity", "terms",
  ]

  /// The design of a text in JSON.
  ///
  /// - Throws: as `init(contentsOf:catalogue:)`.
  public init(json text: String, catalogue: Catalogue = .standard) throws(SpikingError) {
    try self.init(JSONObject(Data(text.utf8)), catalogue)
  }

  private init(_ object: JSONObject, _ catalogue: Catalogue) throws(SpikingError) {
    try object.allow(Self.keys)
    if object["bin"] != nil {
      guard let bin = object["bin"]?.double, bin > 0, bin.isFinite else {
        throw object.error("bin", expected: "a positive width in ms")
      }
      self.bin = bin
    }
    observation = object["observation"] == nil ? nil : try object.string("observation")
    nonlinearity = object["nonlinearity"] == nil ? nil : try object.string("nonlinearity")
    guard object["terms"] != nil else {
      throw object.error("terms", expected: "a list of terms, [{\"term\": …}, …]")
    }
    var parts: [Design.Part] = []
    for term in try object.objects("terms", expected: "a term, {\"term\": …}") {
      parts.append(try TermReader.part(term, catalogue))
    }
    design = Design(parts)
  }

  /// The text in JSON that `init(json:)` reads.
  public var json: String { text(format: false) }

  /// A term in one line: "Tuning of x, y, basis b-spline:8:0:100, b-spline:8:0:100, smooth 0.01".
  public static func text(of part: Design.Part) -> String { TermText.line(part) }

  /// Writes a file.
  ///
  /// - Throws: `unwritableFile`.
  public func write(to location: some FileLocation) throws(SpikingError) {
    var file = try OutputFile(location.locationPath)
    try file.write(text(format: true) + "\n")
    try file.finish()
  }

  private func text(format: Bool) -> String {
    var fields: [(key: String, text: String)] = []
    if format {
      fields.append(("format", "\(JSONObject.format)"))
      fields.append(("version", JSONValue.quoted(spikingVersion)))
    }
    if let bin { fields.append(("bin", JSONValue.text(bin))) }
    if let observation { fields.append(("observation", JSONValue.quoted(observation))) }
    if let nonlinearity { fields.append(("nonlinearity", JSONValue.quoted(nonlinearity))) }
    fields.append(("terms", TypeText.list(design.parts.map(TermText.object))))
    return TypeText.object(fields)
  }
}
