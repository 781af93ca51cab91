internal import Foundation
public import SpikingCatalogue
public import SpikingFiles
internal import SpikingFitting
public import SpikingFramework

extension Run {
  private static let keys = [
    "model", "fit", "stimuli", "networks", fingerprintKey, "array", "delays", "seed",
    "equilibration",
    "trials", "steps", "maximumRate", "bin", "checkpoint", "format", "version",
    formerFingerprintKey,
  ]
  /// The most trials.
  package static let maximumTrials = 1_000_000
  private static let fingerprintKey = "networksFingerprint"
  /// How versions before 0.6 named it.
  private static let formerFingerprintKey = "networksNumber"

  /// Reads the run of a file. Networks and checkpoint are not read.
  ///
  /// - Parameters:
  ///   - location: the file.
  ///   - catalogue: the types that the model and the stimuli may be.
  /// - Throws: `unreadableFile`, `invalidData`, `unknownName` or `invalidParameter`, naming the file,
  ///   the key, what was found and what was expected.
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

  private init(
    _ file: JSONObject, _ catalogue: Catalogue
  ) throws(SpikingError) {
    try file.allow(Self.keys)
    let fit = try file.path("fit")
    let equilibration =
      file["equilibration"] == nil
      ? 100 : try file.whole("equilibration", in: 0...BinnedSpikes.maximumBinCount)
    self.init(
      model: try Self.readModel(file, fit, catalogue),
      networks: file.resolved(try file.string("networks", expected: "a path in quotes")),
      array: file["array"] == nil ? nil : try file.string("array"),
      delays: try file.path("delays"), seed: try file.seed("seed"),
      equilibration: equilibration,
      steps: try file.whole("steps", in: 1...BinnedSpikes.maximumBinCount))
    try SpikingError.within("model", model.validate())
    for object in try file.objects("stimuli", expected: "a stimulus, {\"stimulus\": …}") {
      let stimulus = try TypeDescription("stimulus", object).stimulus(in: catalogue)
      let (targets, _) = try object.targets("targets")
      self.stimuli.append(TargetedStimulus(stimulus, targets: targets))
    }
    if file["maximumRate"] != nil {
      guard let rate = file["maximumRate"]?.double, rate > 0 else {
        throw file.error("maximumRate", expected: "a positive rate in Hz, or \"infinity\"")
      }
      maximumRate = rate
    }
    if file["bin"] != nil { bin = try file.whole("bin", in: -equilibration...steps) }
    checkpoint = try file.path("checkpoint")
    self.fit = fit
    if file["trials"] != nil { trials = try file.whole("trials", in: 1...Self.maximumTrials) }
    for key in [Self.formerFingerprintKey, Self.fingerprintKey] where file[key] != nil {
      networksFingerprint = try file.seed(key)
    }
  }

  private static func readModel(
    _ file: JSONObject, _ fit: String?, _ catalogue: Catalogue
  ) throws(SpikingError) -> any SpikingModel {
    if let fit { return try CoupledFit(contentsOf: fit, catalogue: catalogue).model() }
    let description = try TypeDescription(
      "model", file.object("model", expected: "a model, {\"model\": …}"))
    try description.object.allow(description.keys)
    return try description.model(in: catalogue)
  }

  /// Whether the file at `path` describes a run, and not a model or a stimulus alone.
  public static func isRun(_ path: String) -> Bool {
    (try? JSONObject(contentsOf: path))?["networks"] != nil
  }

  /// Writes the run to a file. The arrays of its stimuli are written beside it, even where they were read
  /// from other files: what those become later does not change the run.
  ///
  /// - Throws: `unwritableFile`, also where a stimulus is a closure, which cannot be saved.
  public func write(to location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    var text = TypeText(path: path)
    let modelFields = text.fields(model)
    var list: [String] = []
    for (number, stimulus) in stimuli.enumerated() {
      list.append(TypeText.object(try text.fields(stimulus, place: "stimulus-\(number).")))
    }
    func place(_ other: String) -> String { JSONValue.quoted(Self.relative(other, to: path)) }
    try text.write(
      [
        ("model", fit == nil ? TypeText.object(modelFields) : nil),
        ("fit", fit.map(place)), ("trials", trials > 1 ? "\(trials)" : nil),
        ("stimuli", TypeText.list(list)),
        ("networks", place(networks)), (Self.fingerprintKey, networksFingerprint.map { "\($0)" }),
        ("array", array.map(JSONValue.quoted)), ("delays", delays.map(place)),
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
