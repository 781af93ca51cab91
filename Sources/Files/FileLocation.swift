public import Foundation

#if canImport(System)
  public import System
#else
  public import SystemPackage
#endif

/// Where a file or a folder is: a path as a `String`, a `URL` or a `FilePath`.
///
/// ```swift
/// let spikes = try BinnedSpikes(contentsOf: "spikes.npz")
/// try spikes.write(to: URL(filePath: "results").appending(path: "spikes.npz"))
/// ```
public protocol FileLocation {
  /// The path, as it stands in messages.
  var locationPath: String { get }
}

extension String: FileLocation {
  /// The text itself.
  public var locationPath: String { self }
}

extension URL: FileLocation {
  /// The path of a file's URL.
  public var locationPath: String { path(percentEncoded: false) }
}

extension FilePath: FileLocation {
  /// The path as text.
  public var locationPath: String { string }
}
