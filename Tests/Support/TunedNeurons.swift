internal import Foundation
package import Spiking

/// Neurons whose rates depend on the direction of a head, on its speed, on both or on neither: what comparisons must find.
package enum TunedNeurons {
  /// What there is to depend on.
  package enum Dependence: CaseIterable { case direction, speed, both, nothing }

  /// A recording in bins of 10 ms of neurons with a mean of about a spike in five bins.
  package static func recording(
    _ dependences: [Dependence], bins: Int, seed: UInt64
  ) throws -> BinnedRecording {
    var random = RandomSource(seed: seed).stream(1000)
    func noise(_ random: inout RandomStream) -> Double {
      (0..<12).reduce(-6) { sum, _ in sum + random.uniform() }
    }
    var (directions, speeds): ([Double], [Double]) = ([], [])
    var (direction, speed) = (3.0, 0.0)
    for _ in 0..<bins {
      direction += 0.3 * noise(&random)
      direction -= (direction / (2 * .pi)).rounded(.down) * 2 * .pi
      speed = 0.9 * speed + 0.4359 * noise(&random)
      directions.append(direction)
      speeds.append(10 * min(max(0.5 + speed / 6, 0), 1))
    }
    var neurons = CoupledNeurons(dependences.map { _ in -4 }, dt: 10)
    neurons.inputs = dependences.enumerated().map { index, dependence in
      zip(directions, speeds).map { direction, speed in
        let turned = 1.2 * cos(direction - Double(index)) - 0.3
        let fast = 0.4 * (speed - 5)
        return switch dependence {
        case .direction: turned
        case .speed: fast
        case .both: turned + fast
        case .nothing: 0
        }
      }
    }
    let spikes = try neurons.spikes(bins: bins, seed: UInt32(seed))
    var session = Recording(spikes, source: "tuned")
    for (name, values) in [("direction", directions), ("speed", speeds)] {
      try session.add(
        RecordedSeries(
          "/processing/behavior/\(name)",
          TimeSeries(values: values, times: .regular(start: 0, step: 10))))
    }
    return BinnedRecording(session, spikes, origin: 0)
  }

  /// Tuning to both, without a penalty.
  package static var design: Design {
    Design {
      Tuning("direction", CyclicBSplineBasis(count: 6, window: 2).over(0...2 * .pi))
      Tuning("speed", BSplineBasis(count: 5, window: 5).over(0...10))
    }
  }
}
