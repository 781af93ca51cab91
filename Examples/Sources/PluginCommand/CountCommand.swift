import ArgumentParser
import Spiking

/// `spiking count`: how many spikes a recording has.
struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count", abstract: "Say how many spikes a recording has.")

  @Argument(help: "The recording.")
  var recording: String

  func run() throws {
    print(try SpikeTrains(contentsOf: recording).times.count, "spikes")
  }
}
