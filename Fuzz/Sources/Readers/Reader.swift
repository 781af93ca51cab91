internal import Foundation
internal import Spiking

/// The readers of files of the library, named as their folders in `Fuzz/Corpus`.
enum Reader: String, CaseIterable {
  case networkNumPy = "network-npy"
  case networkArchive = "network-npz"
  case networkText = "network-text"
  case networkSparse = "network-sparse"
  case networkTensor = "network-pt"
  case networkGraph = "network-graphml"
  case networkTable = "network-table"
  case spikeTable = "spike-table"
  case sessionTable = "session-table"
  case clusterTable = "cluster-table"
  case labels, delays, counts, events, times, checkpoint, fit, array, model, stimulus, run, design,
    nwb,
    matlab, session

  var fileExtension: String {
    switch self {
    case .networkNumPy, .delays, .counts, .array: "npy"
    case .networkArchive, .networkSparse, .events, .times, .checkpoint, .fit, .session: "npz"
    case .networkText, .networkTable, .spikeTable, .sessionTable: "csv"
    case .clusterTable: "tsv"
    case .networkTensor: "pt"
    case .networkGraph: "graphml"
    case .labels: "txt"
    case .model, .stimulus, .run, .design: "json"
    case .nwb: "nwb"
    case .matlab: "mat"
    }
  }

  /// Reads the file at `path`, and all that is in it.
  func read(_ path: String) throws {
    switch self {
    case .networkNumPy, .networkText: _ = try Connectivity(contentsOf: path)
    case .networkSparse, .networkTensor, .networkGraph, .networkTable:
      _ = try NamedNetwork(contentsOf: path)
    case .networkArchive:
      _ = try? Connectivity(contentsOf: path)
      let archive = try NumPyArchive(contentsOf: path)
      for name in archive.names { try convert(archive.array(name)) }
    case .labels: _ = try ConnectivityFile.labels(path)
    case .delays:
      let weights = [Float](repeating: 1, count: 64)
      let network = try Connectivity(matrix: weights, neuronCount: 8)
      _ = try network.withDelays(contentsOf: path)
    case .counts: _ = try BinnedSpikes(contentsOf: path)
    case .events, .times: _ = try Recording(contentsOf: path)
    case .session:
      for series in try Recording(contentsOf: path).series { _ = try? series.load() }
    case .spikeTable:
      let settings = ReadingSettings(timeUnit: .seconds)
      _ = try Recording(contentsOf: path, settings: settings).irregularities()
    case .sessionTable:
      var session = try Recording(SpikeTrains(trains: [[1]], start: 0, stop: 2))
      try? session.addTable(contentsOf: path, timeUnit: .milliseconds)
      _ = try? TimeSeries(contentsOf: path, timeUnit: .seconds)
      try convert(NumPyArray(inFile: path))
    case .clusterTable: try sorter(path)
    case .checkpoint: _ = try Checkpoint(contentsOf: path)
    case .fit: _ = try CoupledFit(contentsOf: path)
    case .array: try convert(NumPyArray(contentsOf: path))
    case .model: _ = try ParameterFile(contentsOf: path).model()
    case .stimulus: _ = try ParameterFile(contentsOf: path).stimulus()
    case .design: _ = try DesignFile(contentsOf: path)
    case .run:
      _ = try Run(contentsOf: path)
    case .nwb:
      let file = try NWBFile(path)
      _ = try? file.units()
      for name in try file.seriesNames { _ = try? file.series(named: name) }
    case .matlab:
      let file = try MATLABFile(path)
      _ = try? file.recording()
      for name in file.variables {
        _ = try? file.numbers(name)
        _ = try? file.texts(name)
        _ = try? file.network(name)
      }
    }
  }

  /// A folder of a sorter with this table of clusters.
  private func sorter(_ table: String) throws {
    let folder = table + ".folder"
    if !FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      try NumPyArray([30, 60, 90]).write(to: folder + "/spike_times.npy")
      try NumPyArray([0, 1, 0] as [Int32]).write(to: folder + "/spike_clusters.npy")
      try Data("sample_rate = 30000.".utf8).write(to: URL(filePath: folder + "/params.py"))
    }
    try Data(contentsOf: URL(filePath: table))
      .write(to: URL(filePath: folder + "/cluster_group.tsv"))
    _ = try Recording(contentsOf: folder)
  }

  /// An array as each type that it may be read as.
  private func convert(_ array: NumPyArray) throws {
    _ = try? array.floats()
    _ = try? array.doubles()
    _ = try? array.integers()
    _ = try? array.booleans()
    _ = try? array.strings()
  }
}
