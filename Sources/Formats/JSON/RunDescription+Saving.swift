internal import Foundation
public import SpikingFramework

extension RunDescription {
  /// Writes the run to a file. The arrays of its stimuli are written beside it, even where they were read
  /// from other files: what those become later does not change the run.
  ///
  /// - Throws: `unwritableFile`, also where a stimulus is a closure, which cannot be saved.
  public func save(to path: String) throws(SpikingError) {
    var text = TypeText(path: path)
    var list: [String] = []
    for (number, stimulus) in stimuli.enumerated() {
      list.append(TypeText.object(try text.fields(stimulus, place: "stimulus-\(number).")))
    }
    func place(_ other: String) -> String { JSONValue.quoted(Self.relative(other, to: path)) }
    try text.write(
      [
        ("model", TypeText.object(text.fields(model))), ("stimuli", TypeText.list(list)),
        ("networks", place(networks)), ("networksNumber", networksFingerprint.map { "\($0)" }),
        ("array", array.map(JSONValue.quoted)),
        ("delays", delays.map(place)),
        ("seed", "\(seed)"), ("equilibration", "\(equilibration)"), ("steps", "\(steps)"),
        ("maximumRate", maximumRate.map(JSONValue.text)), ("bin", "\(bin)"),
        ("checkpoint", checkpoint.map(place)),
      ].compactMap { key, text in text.map { (key, $0) } })
  }

  /// A path as seen from the folder of a file; absolute ones stay as they are.
  private static func relative(_ path: String, to file: String) -> String {
    if path.hasPrefix("/") { return path }
    func components(_ path: String) -> [String] {
      URL(filePath: path).standardizedFileURL.pathComponents
    }
    let folder = components(file).dropLast()
    let target = components(path)
    let common = zip(folder, target).prefix { $0 == $1 }.count
    let steps = folder.dropFirst(common).map { _ in ".." } + target.dropFirst(common)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }
}
