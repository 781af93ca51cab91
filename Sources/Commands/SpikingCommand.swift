public import ArgumentParser
internal import Dispatch
internal import Foundation
public import Spiking

/// The command `spiking`.
public struct SpikingCommand: AsyncParsableCommand {
  /// Name, summary and subcommands.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "spiking",
      abstract: "Simulate networks of stochastic spiking neurons and analyse their spikes.",
      discussion: """
        Times are in ms, rates in Hz. Numbers may be written as 100000, 1e5 or 100_000; neurons as 3,7-11.
        """,
      version: spikingVersion, subcommands: subcommands)
  }

  private static var subcommands: [any ParsableCommand.Type] {
    let own: [any ParsableCommand.Type] = [
      IntroCommand.self, GenerateCommand.self, SimulateCommand.self, TuneCommand.self,
      FitCommand.self, CheckCommand.self, PredictCommand.self, CompareCommand.self,
      AnalyzeCommand.self, ConvertCommand.self, InfoCommand.self, RecoverCommand.self,
    ]
    let others = Catalogue.current.subcommands
    let names = others.map { $0.configuration.commandName }
    return own.filter { !names.contains($0.configuration.commandName) } + others
  }

  /// The command without arguments prints its help.
  public init() {}

  /// Runs the command that the program's arguments ask for, and ends the program: with 0, with 64
  /// for a wrong command line, or with 1 for anything else, which one line on stderr explains.
  public static func run(with catalogue: Catalogue) -> Never {
    Terminal.openStreams()
    do {
      try Terminal.requireDescriptors()
      try requireReadableArguments()
    } catch {
      end(with: error)
    }
    let interruption = Interruption()
    let sources = interruption.watch()
    Task {
      await Interruption.$current.withValue(interruption) {
        await Catalogue.$current.withValue(catalogue) {
          do {
            var command = try parsed()
            if var command = command as? any AsyncParsableCommand {
              try await command.run()
            } else {
              try command.run()
            }
          } catch {
            end(with: error)
          }
        }
      }
      Terminal.end(with: 0)
    }
    // What the system has set up before an asynchronous `main` could not be checked.
    withExtendedLifetime(sources) { dispatchMain() }
  }

  /// Swift repairs arguments that are not UTF-8: a file of another name would be read or written.
  private static func requireReadableArguments() throws {
    for index in 0..<Int(CommandLine.argc) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      if String(validatingCString: argument) == nil {
        throw ValidationError(
          "argument \(index): found \(CommandLine.arguments[index].debugDescription), "
            + "expected a name in UTF-8")
      }
    }
  }

  /// The command that the arguments ask for.
  private static func parsed() throws -> any ParsableCommand {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func wrong(_ message: String) -> WrongCommandLine? {
      listing.map { WrongCommandLine(arguments: arguments, command: $0, message: message) }
    }
    // For an unknown name the argument parser would show the help of the command above.
    if arguments.first == "help", let unknown = wrong("")?.unknownName {
      throw ValidationError(unknown)
    }
    do {
      return try parseAsRoot()
    } catch {
      guard exitCode(for: error) == .validationFailure, let wrong = wrong(message(for: error))
      else { throw error }
      throw ValidationError(wrong.description)
    }
  }

  /// All commands and their options.
  private static var listing: CommandListing? {
    do {
      _ = try parseAsRoot(["--experimental-dump-help"])
      return nil
    } catch {
      return try? CommandListing(dump: fullMessage(for: error))
    }
  }

  private static func end(with error: any Error) -> Never {
    let isWrongName = (error as? SpikingError)?.code == .wrongCommandLine
    let code = isWrongName ? .validationFailure : exitCode(for: error)
    // Help and version come as errors, too.
    if code.isSuccess {
      for line in fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false) {
        Terminal.say(String(line))
      }
    } else {
      let text = (error as? SpikingError)?.description ?? message(for: error).shortened(to: 2000)
      Terminal.complain(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
    Terminal.end(with: code.rawValue)
  }
}
