import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Arrays that come in have the shapes that they should have, and no others.
@Suite struct ShapeTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 2, 3, 4, 5], bins: [10, 20, 30, 40, 50, 60], binCount: 100, dt: 1,
      networkOffsets: [0, 6], seed: nil)
    try spikes.write(to: folder.path("spikes.npz"))
  }

  /// Writes zeros of some shape.
  private func save(_ shape: [Int], _ type: String = "<i8", size: Int = 8) throws {
    let text = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(text))}\n"
    let zeros = shape.contains(0) ? 0 : shape.reduce(1, *) * size
    try folder.write([UInt8](npy(header, Array(repeating: 0, count: zeros))), to: "array.npy")
  }

  private static let fits: [(String, [[Int]])] = [
    ("--signs", [[0], [5], [7], [2, 3], [6, 1], [1, 6], [6, 6], []]),
    ("--mask", [[0], [0, 0], [6], [36], [5, 6], [6, 5], [7, 7], [6, 6, 1], [0, 6]]),
    (
      "--offset",
      [[0], [99], [101], [6, 99], [5, 100], [100, 6], [0, 100], [6, 100, 1], [600]]
    ),
    ("--trials", [[0], [2], [0, 2], [2, 1], [1, 3], [1, 2, 1]]),
    ("--stimulus", [[0], [99], [2, 99], [100, 2], [0, 100], [1, 1, 100]]),
  ]

  @Test(arguments: fits)
  func `fits refuse arrays of other shapes`(option: String, shapes: [[Int]]) throws {
    for shape in shapes {
      try save(shape)
      let run = try folder.spiking("fit spikes.npz \(option) array.npy --output fit.npz")
      expectFailure(run, ["array.npy", "shape", "found ["])
    }
  }

  @Test func `fits take arrays of the right shapes`() throws {
    for (option, shape) in [
      ("--signs", [6]), ("--mask", [6, 6]), ("--offset", [100]), ("--offset", [6, 100]),
    ] {
      try save(shape)
      expectSuccess(
        try folder.spiking("fit spikes.npz \(option) array.npy --quiet --output fit.npz"))
      try FileManager.default.removeItem(at: folder.url("fit.npz"))
    }
  }

  @Test func `networks, delays and targets of no neurons are refused`() throws {
    try [Connectivity(matrix: [0, 1, 1, 0], neuronCount: 2)].write(to: folder.path("net"))
    let simulate = "simulate --model BernoulliGLM --steps 10 --quiet --output s.npz --networks"
    for shape in [[0, 0], [0], [2], [2, 3], [0, 2], [1, 2, 2]] {
      try save(shape, "<f4", size: 4)
      expectFailure(try folder.spiking("\(simulate) array.npy"), ["array.npy", "(N, N), N ≥ 1"])
    }
    for shape in [[0, 0], [2], [2, 3], [3, 3], [4]] {
      try save(shape)
      expectFailure(
        try folder.spiking("\(simulate) net --delays array.npy"), ["array.npy", "(2, 2)"])
    }
    for shape in [[0], [3], [0, 2], [2, 0], [1, 3], [2, 2], [1, 1, 2], [1 << 40, 0]] {
      try save(shape, "|b1", size: 1)
      try folder.write(
        #"{"stimulus": "Regular", "targets": "array.npy"}"#, to: "stimulus.json")
      let run = try folder.spiking("\(simulate) net --stimulus stimulus.json")
      #expect(run.exitCode == 1 && run.errorLines.count == 2, "\(shape): \(run.error.prefix(300))")
      #expect(run.error.contains("array.npy") || run.error.contains("targets"))
    }
  }

  @Test func `arrays of stimuli fit networks and bins`() throws {
    try [Connectivity(matrix: [0, 1, 1, 0], neuronCount: 2)].write(to: folder.path("net"))
    for shape in [
      [3, 10], [0, 10], [2, 0], [1 << 40, 0], [1, 3, 10], [2, 2, 10], [1, 1, 2, 10],
    ] {
      try save(shape, "<f8")
      try folder.write(
        #"{"stimulus": "Loaded", "file": "array.npy", "parameters": {}}"#, to: "stimulus.json")
      let run = try folder.spiking(
        "simulate --model BernoulliGLM --steps 10 --quiet --output s.npz --networks net "
          + "--stimulus stimulus.json")
      #expect(run.exitCode == 1 && run.errorLines.count == 2, "\(shape): \(run.error.prefix(300))")
      #expect(run.error.contains("stimulus.json") && run.created == [])
    }
  }

  /// Files of fits whose arrays contradict each other, or claim more than they hold.
  @Test func `the arrays of a fit have bounds of their own`() throws {
    expectSuccess(
      try folder.spiking(
        "fit spikes.npz --history raised-cosine-log:2:4 --coupling raised-cosine-log:2:4 --quiet "
          + "--output fit.npz"))
    func check(_ name: String, _ bad: NumPyArray, _ words: [String]) throws {
      let archive = try NumPyArchive(contentsOf: folder.path("fit.npz"))
      var arrays: [(name: String, array: NumPyArray)] = []
      for other in archive.names {
        arrays.append((other, other == name ? bad : try archive.array(other)))
      }
      try NumPyArchive.write(arrays, to: folder.path("bad.npz"))
      let run = try folder.spiking("check bad.npz spikes.npz --no-figures --quiet --output c")
      expectFailure(run, ["bad.npz: \(name)"] + words)
    }
    func zeros(_ shape: [Int]) -> NumPyArray {
      NumPyArray([Double](repeating: 0, count: shape.reduce(1, *)), shape: shape)
    }
    for name in ["history_basis", "coupling_basis"] {
      // No array can have these.
      for shape in [[0, 1 << 40], [1 << 40, 0]] { try check(name, zeros(shape), ["shape"]) }
      for shape in [[0, 0], [4, 0], [8], [4, 2, 1], [100_001, 1]] {
        try check(name, zeros(shape), ["shape", "[window, functions]"])
      }
      try check(name, NumPyArray([.nan, 1, 1, 1], shape: [2, 2]), ["finite functions"])
    }
    try check("baseline", zeros([0]), ["[N]"])
    for (name, shape) in [
      ("fitted", [5]), ("history", [6, 3]), ("coupling", [6, 5, 2]), ("coupling_fitted", [6, 5]),
      ("log_likelihood", [7]), ("spikes", [6, 1]), ("penalty", [2]),
    ] {
      try check(name, zeros(shape), ["shape"])
    }
    try check("spikes", NumPyArray([Int64](repeating: -1, count: 6)), ["0 to"])
    try check("free", NumPyArray([Int64](repeating: .max, count: 6)), ["0 to"])
    for dt in [0, -1, .nan, .infinity] { try check("dt", NumPyArray(scalar: dt), ["positive"]) }
    for bins in [0, -1, Int64.max] { try check("bins_used", NumPyArray(scalar: bins), ["1 to"]) }
    for offsets in [[0, 5], [1, 6], [0], [0, 3, 3, 6], [0, 7, 6], [0, -1, 6]] {
      try check("network_offsets", NumPyArray(offsets), ["divide"])
    }
  }

  /// A number alone is no reason to take gigabytes for silent neurons.
  @Test func `so many neurons as a file says need events`() throws {
    for array in ["time", "bin"] {
      for (neurons, isRight) in [(200_000_000, false), ((1 << 20) + 1, false), (1 << 20, true)] {
        let path = folder.path("claims.npz")
        let ones = NumPyArray(scalar: 1.0)
        try NumPyArchive.write(
          [
            "neuron": NumPyArray([UInt32(0)]),
            array == "time" ? "time" : "bin": array == "time"
              ? NumPyArray([0.5]) : NumPyArray([UInt32(0)]),
            "count": NumPyArray([UInt16(1)]), "neurons": NumPyArray(scalar: neurons),
            "bins": NumPyArray(scalar: 1), "dt": ones, "start": NumPyArray(scalar: 0.0),
            "stop": ones,
            "network_offsets": NumPyArray([0, neurons]), "seed": NumPyArray(scalar: 1),
          ], to: path)
        if isRight {
          #expect(try Recording(contentsOf: path).spikes.neuronCount == neurons)
        } else {
          expectError(.invalidData, ["claims.npz: neurons", "1 to 1048576, as there are 1 events"])
          {
            _ = try Recording(contentsOf: path)
          }
        }
      }
    }
  }
}
