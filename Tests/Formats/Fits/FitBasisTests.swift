import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The bases of a fit in its file, by their names and as matrices.
@Suite struct FitBasisTests {
  /// A basis of a plugin.
  private struct LineBasis: Basis {
    var count = 2
    var window = 6
    var slope = 0.5

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("count", &count, in: .positiveCount)
      visit("window", &window, in: .filterWindow)
      visit("slope", &slope, in: .real)
    }

    func functions() -> [[Double]] {
      (0..<window).map { lag in (0..<count).map { 1 + slope * Double($0 * lag) } }
    }
  }

  private let spikes: BinnedSpikes

  init() throws { spikes = try CoupledNeurons([-2, -2]).spikes(bins: 300, seed: 5) }

  private func fit(
    history: (any Basis)?, coupling: (any Basis)? = nil, stimulus: (any Basis)? = nil
  ) async throws -> CoupledFit {
    let drive = (0..<300).map { sin(Double($0) / 7) }
    return try await CoupledFitter(
      history: history, coupling: coupling,
      stimuli: stimulus.map { [StimulusCovariate("light", values: drive, basis: $0)] } ?? []
    ).fit(spikes)
  }

  /// The file of a fit with other arrays in place of some; nil leaves one out.
  private func change(
    _ path: String, to other: String, _ changes: [String: NumPyArray?]
  ) throws {
    let archive = try NumPyArchive(contentsOf: path)
    var arrays: [(name: String, array: NumPyArray)] = []
    for name in archive.names {
      if let array = try changes[name] ?? archive.array(name) { arrays.append((name, array)) }
    }
    try NumPyArchive.write(arrays, to: other)
  }

  @Test func `bases come back with names and parameters`() async throws {
    let folder = try FormatsFolder()
    let fit = try await fit(
      history: OrthogonalExponentialBasis(count: 5, window: 12),
      coupling: RaisedCosineLogBasis(count: 3, window: 8, stretch: 12),
      stimulus: IdentityBasis(window: 2))
    try fit.write(to: folder("f.npz"))
    let read = try CoupledFit(contentsOf: folder("f.npz"))
    #expect(read.history == fit.history && read.coupling == fit.coupling)
    #expect(read.stimuli == fit.stimuli)
    #expect(
      read.coupling?.source
        == RegisteredBasis(
          name: "raised-cosine-log", parameters: ["count": 3, "window": 8, "stretch": 12]))
    #expect(read.history?.source?.parameters.count == 6)
    for line in [
      "history: orthogonal-exponential, 5 functions over 12 bins",
      "coupling: raised-cosine-log, 3 functions over 8 bins",
      "light: identity, 2 functions over 2 bins",
    ] {
      #expect(read.description.contains("\n\(line)\n"))
    }
    let archive = try NumPyArchive(contentsOf: folder("f.npz"))
    #expect(try archive.array("coupling_basis_name").strings() == ["raised-cosine-log"])
    #expect(
      try archive.array("coupling_basis_parameters").strings() == ["count", "stretch", "window"])
    #expect(try archive.array("coupling_basis_values").doubles() == [3, 12, 8])
    #expect(try archive.array("stimulus_basis_0_name").strings() == ["identity"])
    // What is predicted with the functions of a file still knows them.
    let again = try await self.fit(history: read.history)
    #expect(again.history?.source == fit.history?.source)
  }

  @Test func `every basis of the catalogue is the one its file names`() async throws {
    let folder = try FormatsFolder()
    for (name, prototype) in zip(Catalogue.standard.names(.basis), Catalogue.standard.bases) {
      let fit = try await fit(history: try prototype.resized(count: 5, window: 5))
      try fit.write(to: folder("f.npz"))
      let read = try CoupledFit(contentsOf: folder("f.npz"))
      #expect(read.history == fit.history && read.history?.source?.name == name, "\(name)")
    }
  }

  @Test func `functions that are not those of the named basis are refused`() async throws {
    let folder = try FormatsFolder()
    let fit = try await fit(history: RaisedCosineLogBasis(count: 2, window: 4))
    try fit.write(to: folder("f.npz"))
    let basis = try #require(fit.history)
    func expect(_ name: String, _ array: NumPyArray, _ words: [String]) throws {
      try change(folder("f.npz"), to: folder("bad.npz"), [name: array])
      let path = folder("bad.npz")
      let error = #expect(throws: SpikingError.self) { try CoupledFit(contentsOf: path) }
      for word in ["bad.npz: history_basis"] + words {
        #expect(error?.description.contains(word) == true, "\(word): \(error as Any)")
      }
    }
    func moved(by shift: Double) -> NumPyArray {
      var values = basis.values
      values[5] += shift
      return NumPyArray(values, shape: [4, 2])
    }
    try expect("history_basis", moved(by: 1e-11), ["data[2][1]", "the value of raised-cosine-log"])
    try expect("history_basis_values", NumPyArray([2, 49.0, 4]), ["data[", "raised-cosine-log"])
    try expect("history_basis_values", NumPyArray([2.0, -1, 4]), ["stretch", "> 0"])
    // Without computing them: there could be a hundred million.
    try expect(
      "history_basis_values", NumPyArray([1000, 50, 100_000.0]), ["1000 over 100000"])
    try expect(
      "history_basis_name", NumPyArray(scalar: "boxcar"), ["stretch", "no such parameter"])
    try expect("history_basis_values", NumPyArray([2.0]), ["shape"])
    // Rounding is no other basis.
    try change(folder("f.npz"), to: folder("near.npz"), ["history_basis": moved(by: 1e-13)])
    #expect(try CoupledFit(contentsOf: folder("near.npz")).history != fit.history)
  }

  @Test func `a basis of a plugin is read with and without the plugin`() async throws {
    let folder = try FormatsFolder()
    let fit = try await fit(history: LineBasis(count: 2, window: 5, slope: 0.25))
    try fit.write(to: folder("f.npz"))
    var catalogue = Catalogue.standard
    for _ in 0..<2 {
      let read = try CoupledFit(contentsOf: folder("f.npz"), catalogue: catalogue)
      #expect(read.history == fit.history && read.history?.source?.name == "line")
      catalogue.bases.append(LineBasis())
    }
    // With the plugin its functions are compared.
    var values = try #require(fit.history).values
    values[3] += 1
    try change(
      folder("f.npz"), to: folder("bad.npz"),
      ["history_basis": NumPyArray(values, shape: [5, 2])])
    #expect(throws: Never.self) { try CoupledFit(contentsOf: folder("bad.npz")) }
    expectError(.invalidData, ["bad.npz: history_basis", "the value of line"]) {
      _ = try CoupledFit(contentsOf: folder("bad.npz"), catalogue: catalogue)
    }
  }

  @Test func `a matrix has no name`() async throws {
    let folder = try FormatsFolder()
    let matrix = BasisMatrix(count: 1, window: 2, values: [1, 0.5])
    let fit = try await fit(history: matrix, coupling: BoxcarBasis(count: 1, window: 3))
    try fit.write(to: folder("f.npz"))
    let read = try CoupledFit(contentsOf: folder("f.npz"))
    #expect(read.history == matrix)
    #expect(read.description.contains("\nhistory: matrix, 1 function over 2 bins\n"))
    let names = try NumPyArchive(contentsOf: folder("f.npz")).names
    #expect(names.contains("coupling_basis_name") && !names.contains("history_basis_name"))
  }

  @Test func `files of version 0_6_0 are read, and written without names`() throws {
    let folder = try FormatsFolder()
    let fit = try CoupledFit(contentsOf: TestFiles.golden("fits/version-0.6.0.npz"))
    #expect(fit.neurons.count == 3 && abs(fit.logLikelihood + 371.4) < 0.05)
    #expect(fit.history.map { "\($0)" } == "matrix, 3 functions over 10 bins")
    #expect(fit.coupling.map { "\($0)" } == "matrix, 2 functions over 6 bins")
    try fit.write(to: folder("f.npz"))
    #expect(try CoupledFit(contentsOf: folder("f.npz")).coupling == fit.coupling)
    #expect(
      try NumPyArchive(contentsOf: folder("f.npz")).names.allSatisfy { !$0.contains("basis_") })
  }
}
