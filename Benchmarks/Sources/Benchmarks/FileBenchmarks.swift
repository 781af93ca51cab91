import Foundation
import Spiking

/// Ten million spikes of a thousand units in the files of recordings: how long it takes to write and to read each, and to
/// read its bytes alone.
func measureFiles() async throws -> Section {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "spiking-files-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let spikes = try trains(units: 1000, spikes: 10_000)
  var measurements: [Measurement] = []
  for kind in ["npz", "nwb", "mat", "csv"] {
    let file = folder.appending(path: "spikes.\(kind)")
    let time = try await seconds { try Recording(spikes).write(to: file) }
    measurements += try await reading(kind, file, written: time, spikes)
  }
  let sorter = folder.appending(path: "sorter")
  let time = try await seconds { try write(spikes, asSorterTo: sorter) }
  measurements += try await reading("sorter's folder", sorter, written: time, spikes)
  return Section(
    name: "files", title: "Files of 10⁷ spikes of 1000 units", measurements: measurements)
}

/// Irregular trains of 10 Hz, in samples of 30 kHz.
private func trains(units: Int, spikes: Int) throws -> SpikeTrains {
  let rows = (0..<units).map { unit in
    var sample = 0
    return (0..<spikes).map { spike in
      sample += 30 + (unit * 7919 + spike * 104_729) % 6000
      return Double(sample) / 30
    }
  }
  return try SpikeTrains(trains: rows, start: 0, stop: rows.compactMap(\.last).max() ?? 0)
}

private func write(_ spikes: SpikeTrains, asSorterTo folder: URL) throws {
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let all = spikes.enumerated().flatMap { unit, train in
    train.map { (sample: Int(($0 * 30).rounded()), unit: Int32(unit)) }
  }.sorted { $0.sample < $1.sample }
  try NumPyArray(all.map(\.sample)).write(to: folder.appending(path: "spike_times.npy"))
  try NumPyArray(all.map(\.unit)).write(to: folder.appending(path: "spike_clusters.npy"))
  try Data("sample_rate = 30000.\n".utf8).write(to: folder.appending(path: "params.py"))
}

private func reading(
  _ name: String, _ file: URL, written: Double, _ spikes: SpikeTrains
) async throws -> [Measurement] {
  var count = 0
  let whole = try await medianSeconds(runs: 3) {
    count = try Recording(contentsOf: file).spikes.times.count
  }
  precondition(count == spikes.times.count, "the file has other spikes")
  let files =
    file.hasDirectoryPath || name.contains("folder")
    ? try FileManager.default.contentsOfDirectory(at: file, includingPropertiesForKeys: nil)
    : [file]
  var bytes = 0
  let alone = try await medianSeconds(runs: 3) {
    bytes = try files.reduce(0) { try $0 + Data(contentsOf: $1).count }
  }
  return [
    Measurement(name: name, value: Double(bytes) / 1e6, unit: "MB"),
    Measurement(name: name, value: written, unit: "s, written"),
    Measurement(name: name, value: whole, unit: "s, read"),
    Measurement(name: name, value: alone, unit: "s, bytes"),
    Measurement(name: name, value: whole / alone, unit: "ratio"),
  ]
}
