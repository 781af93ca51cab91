import Spiking
import SpikingTestCases
import Testing

/// Drives against those of Spikeometric, and against a direct sum in Python.
@Suite struct PeerDriveTests {
  private struct Case: Decodable {
    let parameters: [String: Double]
    let firstBin: Int
    let matrix: [[Float]]
    let history: [[Int]]
    let drive: [[Double]]
    let peerDrive: [[Double]]
    let peerEqualsDefinition: Bool?
    let mean: [[Double]]?
  }

  @Test func `drives of BernoulliGLM`() throws {
    struct File: Decodable { let cases: [Case] }
    let cases = try golden("drives_bernoulli_glm", as: File.self).cases
    #expect(cases.count == 2)
    for stored in cases { try expectDrives(BernoulliGLM(), stored) }
  }

  @Test func `drives of PoissonGLM`() throws {
    try expectDrives(PoissonGLM(), golden("drives_poisson_glm"))
  }

  private func expectDrives(_ initial: some CascadeModel, _ stored: Case) throws {
    var model = initial
    for (name, value) in stored.parameters { try model.setParameter(name, to: value) }
    let count = stored.matrix.count
    let network = try Connectivity(matrix: stored.matrix.flatMap(\.self), neuronCount: count)
    let bins = stored.history[0].count
    let history = (0..<bins).map { bin in stored.history.map { $0[bin] } }
    let found = try drives(model, network, history, neurons: 0..<count)
    for neuron in 0..<count {
      for bin in stored.firstBin..<bins {
        let column = bin - stored.firstBin
        let expected = stored.drive[neuron][column]
        #expect(abs(found[bin][neuron] - expected) <= 1e-5 * max(1, abs(expected)))
        if stored.peerEqualsDefinition ?? true {
          let peer = stored.peerDrive[neuron][column]
          #expect(abs(found[bin][neuron] - peer) <= 1e-5 * max(1, abs(peer)))
        }
        if let mean = stored.mean?[neuron][column] {
          let found = model.nonlinearity.rate(at: found[bin][neuron]) * model.dt
          #expect(abs(found - mean) <= 1e-5 * mean)
        }
      }
    }
  }
}
