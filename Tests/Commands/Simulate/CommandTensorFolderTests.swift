import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A folder of networks as Spikeometric writes it (`Golden/scripts/spikeometric_networks.py`), and the same matrices as NumPy's.
@Suite struct CommandTensorFolderTests {
  private let folder: CommandFolder
  private let tensors = TestFiles.golden("spikeometric_networks/pt")
  private let arrays = TestFiles.golden("spikeometric_networks/npy")

  init() throws { folder = try CommandFolder() }

  /// The file of spikes of a run.
  private func spikes(_ networks: String) throws -> [UInt8] {
    let run = try folder.spiking([
      "simulate", "--model", "BernoulliGLM", "--set", "theta=1", "--networks", networks,
      "--steps", "2000", "--seed", "14", "--output", "s.npz",
    ])
    expectSuccess(run)
    return try folder.bytes("s.npz")
  }

  @Test func `twelve tensors simulate to the spikes of the same matrices in arrays`() throws {
    #expect(try [Connectivity](contentsOf: tensors) == [Connectivity](contentsOf: arrays))
    let expected = try spikes(arrays)
    let found = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(found.networkCount == 12 && found.neuronCount == 96 && found.spikeCount > 1000)
    #expect(try spikes(tensors) == expected)
    // And so in every other format.
    for format in NetworkFormat.allCases {
      expectSuccess(
        try folder.spiking(["convert", tensors, "\(format)", "--format", "\(format)"]))
      #expect(try spikes("\(format)") == expected, "\(format)")
    }
  }
}
