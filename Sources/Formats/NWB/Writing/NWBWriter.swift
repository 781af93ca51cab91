internal import Foundation
internal import SpikingFramework

/// A file of Neurodata Without Borders 2.9 that is written piece by piece, each of which goes to the disk at once.
/// Source: O. Rübel et al., eLife 11:e78362 (2022), and the schema of NWB 2.9.
struct NWBWriter: ~Copyable {
  typealias Attributes = HDF5Writer.Attributes

  var file: HDF5Writer
  private let session: NWBSession
  /// The names in each group that holds what a recording names, by its path.
  private var names: [String: Set<String>] = [:]
  /// Why series are not in the file.
  var unreadable: [SpikingError] = []

  /// The version of the standard of which a file says it is.
  private static let schemaVersion = "2.9.0"
  /// The name of this package, which begins the identifier of what it writes.
  static let software = "swift-spiking"

  /// - Throws: `unwritableFile` where nothing can be written at `path`.
  init(_ path: String, _ session: NWBSession) throws(SpikingError) {
    var file = try HDF5Writer(path)
    for group in ["acquisition", "analysis", "general", "processing", "stimulus"] {
      try file.group("/\(group)")
    }
    try file.group("/stimulus/presentation")
    try file.group("/stimulus/templates")
    self.file = file
    self.session = session
  }

  /// Lets the file appear.
  ///
  /// - Throws: `unwritableFile`, as all that writes.
  consuming func finish() throws(SpikingError) {
    let start = session.start ?? NWBSession.unknownStart
    try file.add(attributes("NWBFile", [("nwb_version", .text(Self.schemaVersion))]), to: "/")
    try file.dataset("/file_create_date", [NWBSession.now])
    try text("/identifier", "\(Self.software)-\(UUID().uuidString.lowercased())")
    try text("/session_description", session.description)
    try text("/session_start_time", start)
    try text("/timestamps_reference_time", start)
    try addGeneral()
    try file.finish()
  }

  /// The attributes of an object of a type of the standard, each of which has a name of its own in the world.
  func attributes(
    _ type: String, of namespace: String = "core", _ others: Attributes = []
  ) -> Attributes {
    [
      ("neurodata_type", .text(type)), ("namespace", .text(namespace)),
      ("object_id", .text(UUID().uuidString.lowercased())),
    ] + others
  }

  /// The path of what is to stand in a group: its name without slashes, which would divide it, and with underscores
  /// behind it where there is another of this name.
  mutating func place(_ name: String, in group: String) -> String {
    let name = Self.name(name) { names[group, default: []].contains($0) }
    names[group, default: []].insert(name)
    return "\(group)/\(name)"
  }

  /// A name as HDF5 can have it, other than those that are taken.
  static func name(_ name: String, isTaken: (String) -> Bool) -> String {
    var name = name.replacing("/", with: "_").replacing("\0", with: "_")
    if name.isEmpty || name == "." { name = "_" }
    while isTaken(name) { name += "_" }
    return name
  }

  private mutating func text(
    _ path: String, _ text: String, _ attributes: Attributes = []
  ) throws(SpikingError) {
    try file.dataset(path, [text], shape: [], attributes: attributes)
  }

  private mutating func addGeneral() throws(SpikingError) {
    try addSubject(session.subject)
    try file.dataset("/general/was_generated_by", [Self.software, spikingVersion], shape: [1, 2])
    if let notes = session.notes { try text("/general/notes", notes) }
    if let script = session.script {
      try text("/general/source_script", script.text, [("file_name", .text(script.name))])
    }
  }

  /// Nobody in particular: of an unidentified species (NCBI taxonomy 32644), of age 0 or more, of unknown sex.
  private mutating func addSubject(_ subject: NWBSession.Subject) throws(SpikingError) {
    let group = "/general/subject"
    try file.group(group, attributes: attributes("Subject"))
    try text("\(group)/age", "P0D/", [("reference", .text("birth"))])
    try text("\(group)/description", subject.description)
    try text("\(group)/sex", "U")
    try text("\(group)/species", "http://purl.obolibrary.org/obo/NCBITaxon_32644")
    try text("\(group)/subject_id", subject.id)
  }
}
