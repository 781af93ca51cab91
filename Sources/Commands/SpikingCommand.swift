public import ArgumentParser
internal import Foundation
internal import Spiking

/// The command `spiking`.
public struct SpikingCommand: AsyncParsableCommand {
  /// Name, summary and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "spiking",
    abstract: "Simulate networks of stochastic spiking neurons and analyse their spikes.",
    version: spikingVersion,
    subcommands: [
      IntroCommand.self, GenerateCommand.self, SimulateCommand.self, TuneCommand.self,
      FitCommand.self, CheckCommand.self,
      AnalyzeCommand.self, ConvertCommand.self, InfoCommand.self,
      RecoverCommand.self,
    ])

  /// The command without arguments prints its help.
  public init() {}

  /// Runs the command that the program's arguments ask for, and ends the program: with 0, with 64
  /// for a wrong command line, or with 1 for anything else, which one line on stderr explains.
  public static func run(with catalogue: Catalogue) async -> Never {
    await Catalogue.$current.withValue(catalogue) {
      do {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
          try await command.run()
        } else {
          try command.run()
        }
      } catch {
        end(with: error)
      }
    }
    exit(withError: nil)
  }

  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    // Help and version come as errors, too.
    if code.isSuccess { exit(withError: error) }
    let text = (error as? SpikingError)?.description ?? message(for: error)
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    FileHandle.standardError.write(Data("spiking: \(line)\n".utf8))
    Foundation.exit(code.rawValue)
  }
}
