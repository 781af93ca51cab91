internal import Foundation
public import SpikingFramework

/// Files of a folder that belong together, such as networks and how they were made: they appear together or
/// not at all.
///
/// They are written into a hidden folder beside their places. When anything fails, or the value goes away
/// before `finish()`, or the program is killed, all that was there stays as it was, and a folder that was
/// not there is not made.
///
/// A new folder takes its name with all files in it. In one that is there, `finish()` puts file after file in
/// its place. For that moment `spiking-incomplete.txt` says that the folder holds files of two sets; should the
/// program be killed then, it stays, and the next set takes it away.
///
/// ```swift
/// let set = try OutputSet("rates", description: "rates.json")
/// try set.write { folder in try rates.write(to: "\(folder)/rates.npy") }
/// try set.write { folder in try description.write(to: "\(folder)/rates.json") }
/// try set.finish()
/// ```
public struct OutputSet: ~Copyable {
  /// The folder, as it was given.
  public let path: String
  /// The file that says what the others are.
  private let description: String?
  /// Whether the folder was not there.
  package let isNew: Bool
  private let staging: StagingFolder

  /// A set for the folder at `path`, which is made where it is missing, as are those above it.
  ///
  /// - Parameter description: the name of the file that says what the others are: the first that is taken
  ///   away, and the last that comes.
  /// - Throws: `unwritableFile`, as where a file stands in the way.
  public init(_ path: String, description: String? = nil) throws(SpikingError) {
    let folder = Self.withoutSlashes(path)
    var status = stat()
    // A link that leads nowhere, too, stands in the way.
    let isNew = lstat(folder, &status) != 0
    guard isNew || Paths.isFolder(folder) else {
      throw SpikingError(
        .unwritableFile, visible(path), "the folder cannot be made: \(systemReason(EEXIST))")
    }
    staging = try StagingFolder(in: isNew ? Paths.folder(of: folder) : folder, for: path)
    self.path = folder
    self.description = description
    self.isNew = isNew
  }

  /// Writes files of the set.
  ///
  /// - Parameter body: writes into the folder it is given, where there may also be folders.
  /// - Throws: what `body` throws; an error of that folder names the one of the set.
  public func write<Result, Failure: Error>(
    _ body: (_ folder: String) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do {
      return try body(staging.path)
    } catch {
      guard var known = error as? SpikingError else { throw error }
      known.subject.replace(staging.path, with: path)
      known.message.replace(staging.path, with: path)
      throw (known as? Failure) ?? error
    }
  }

  /// Lets the files appear.
  ///
  /// - Parameter former: the names of files of earlier sets, which are taken away where this one has not
  ///   got them.
  /// - Throws: `unwritableFile`: nothing has changed, or, where the system refuses one of the files, the
  ///   folder says that it is incomplete.
  public consuming func finish(replacing former: [String] = []) throws(SpikingError) {
    if isNew {
      guard rename(staging.path, path) == 0 else {
        throw OutputFile.unwritable(path, systemReason(errno))
      }
      return
    }
    let names = stagedNames
    let others = former.filter { name in
      !names.contains(name) && name != description && access("\(path)/\(name)", F_OK) == 0
    }
    var places: [(name: String, place: TemporaryPlace)] = []
    for name in names {
      let folder = Paths.folder(of: name)
      if !folder.isEmpty { try OutputFolder.create("\(path)/\(folder)") }
      places.append((name, try TemporaryPlace(for: "\(path)/\(name)")))
    }
    let mark = IncompleteMark(path, names: names + others)
    try mark.place()
    if let description {
      // Where the name is a link, the link stays.
      let place = places.first { $0.name == description }?.place.destination
      try Self.remove(place ?? "\(path)/\(description)")
    }
    for name in others { try Self.remove("\(path)/\(name)") }
    for (name, place) in places { try staging.place(name, at: place) }
    mark.remove()
  }

  /// The names of the files that were written, the description last.
  private var stagedNames: [String] {
    let names = FileManager.default.enumerator(atPath: staging.path)?.compactMap { $0 as? String }
    let files = (names ?? []).filter { !Paths.isFolder("\(staging.path)/\($0)") }
    return files.filter { $0 != description }.sorted() + files.filter { $0 == description }
  }

  private static func remove(_ path: String) throws(SpikingError) {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw SpikingError(.unwritableFile, path, "cannot be taken away: \(systemReason(errno))")
  }

  private static func withoutSlashes(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
