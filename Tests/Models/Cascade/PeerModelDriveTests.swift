import Spiking
import SpikingTestCases
import Testing

/// Drives of the rectified and the threshold models against a direct sum over all lags in Python,
/// which Spikeometric's equal to single precision.
@Suite struct PeerModelDriveTests {
  private struct Case: Decodable {
    let model: String
    let parameters: [String: Double]
    let drive: [[Double]]
  }

  private struct File: Decodable {
    let matrix: [[Float]]
    let history: [[Int]]
    let cases: [Case]
  }

  @Test func `drives of RectifiedLNP`() throws { try expectDrives(RectifiedLNP()) }
  @Test func `drives of RectifiedSAM`() throws { try expectDrives(RectifiedSAM()) }
  @Test func `drives of ThresholdSAM`() throws { try expectDrives(ThresholdSAM()) }

  private func expectDrives<Model: CascadeModel>(_ initial: Model) throws {
    let file = try golden("drives_new_models", as: File.self)
    let stored = try #require(file.cases.first { $0.model == Model.typeName })
    var model = initial
    for (name, value) in stored.parameters { try model.setParameter(name, to: value) }
    let network = try Connectivity(matrix: file.matrix.flatMap(\.self), neuronCount: 8)
    let history = (0..<60).map { bin in file.history.map { $0[bin] } }
    for storage in [network.sparse(), network.dense()] {
      let found = try drives(model, storage, history, neurons: 0..<8)
      for neuron in 0..<8 {
        for bin in 0..<60 {
          // The weights are exact in single precision, and the terms are no larger than 10.
          let expected = stored.drive[neuron][bin]
          #expect(abs(found[bin][neuron] - expected) <= 1e-9, "neuron \(neuron), bin \(bin)")
        }
      }
    }
  }
}
