internal import Foundation
internal import SpikingFramework

/// A file of Neurodata Without Borders 2.9 that is written piece by piece. Each piece goes to the disk at once; the groups that
/// contain them follow at the end. Source: O. Rübel et al., eLife 11:e78362 (2022), and the schema of NWB 2.9.
struct NWBWriter: ~Copyable {
  typealias Links = [(name: String, object: HDF5Object)]
  typealias Attributes = [(name: String, value: HDF5Attribute)]

  var file: HDF5Writer
  private let session: NWBSession
  /// What stands in the groups of the file so far.
  var units: HDF5Object?
  var intervals: Links = []
  var acquisition: Links = []
  var presentation: Links = []
  var templates: Links = []
  var processing: Links = []
  /// Why series are not among these.
  var unreadable: [SpikingError] = []

  /// The version of the standard of which a file says it is.
  private static let schemaVersion = "2.9.0"
  /// The name of this package, which begins the identifier of what it writes.
  static let software = "swift-spiking"

  /// - Throws: `unwritableFile` where nothing can be written at `path`.
  init(_ path: String, _ session: NWBSession) throws(SpikingError) {
    file = try HDF5Writer(path)
    self.session = session
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

  /// Lets the file appear.
  ///
  /// - Throws: `unwritableFile`, as all that writes.
  consuming func finish() throws(SpikingError) {
    let start = session.start ?? NWBSession.unknownStart
    var links: Links = [
      ("acquisition", try file.group(acquisition)),
      ("analysis", try file.group([])),
      ("file_create_date", try file.dataset([NWBSession.now])),
      ("general", try general()),
      ("identifier", try text("\(Self.software)-\(UUID().uuidString.lowercased())")),
      ("processing", try file.group(processing)),
      ("session_description", try text(session.description)),
      ("session_start_time", try text(start)),
      ("timestamps_reference_time", try text(start)),
    ]
    let stimulus: Links = [
      ("presentation", try file.group(presentation)), ("templates", try file.group(templates)),
    ]
    links.append(("stimulus", try file.group(stimulus)))
    if !intervals.isEmpty { links.append(("intervals", try file.group(intervals))) }
    if let units { links.append(("units", units)) }
    let root = try file.group(
      links, attributes: attributes("NWBFile", [("nwb_version", .text(Self.schemaVersion))]))
    try file.finish(root: root)
  }

  private mutating func text(
    _ text: String, _ attributes: Attributes = []
  ) throws(SpikingError) -> HDF5Object {
    try file.dataset([text], shape: [], attributes: attributes)
  }

  private mutating func general() throws(SpikingError) -> HDF5Object {
    var links: Links = [
      ("subject", try subject()),
      (
        "was_generated_by",
        try file.dataset([Self.software, spikingVersion], shape: [1, 2])
      ),
    ]
    if let notes = session.notes { links.append(("notes", try text(notes))) }
    if let script = session.script {
      links.append(
        ("source_script", try text(script.text, [("file_name", .text(script.name))])))
    }
    return try file.group(links)
  }

  /// Nobody in particular: of an unidentified species (NCBI taxonomy 32644), of age 0 or more, of unknown sex.
  private mutating func subject() throws(SpikingError) -> HDF5Object {
    let links: Links = [
      ("age", try text("P0D/", [("reference", .text("birth"))])),
      ("description", try text(session.subject.description)),
      ("sex", try text("U")),
      ("species", try text("http://purl.obolibrary.org/obo/NCBITaxon_32644")),
      ("subject_id", try text(session.subject.id)),
    ]
    return try file.group(links, attributes: attributes("Subject"))
  }
}
