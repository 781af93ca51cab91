internal import ArgumentParser
internal import Spiking

/// What folds of bins are.
struct FoldOptions: ParsableArguments {
  @Option(
    help:
      "What a fold is of: blocks of time, or whole trials. [default: trials with --trials, else blocks]"
  )
  var foldsBy: Division?

  /// The names of the rules.
  enum Division: String, CaseIterable, ExpressibleByArgument {
    case blocks, trials
  }

  /// The rule that is asked for.
  ///
  /// - Parameter hasTrials: whether trials are.
  func rule(hasTrials: Bool) -> FoldRule {
    switch foldsBy ?? (hasTrials ? .trials : .blocks) {
    case .blocks: .blocks
    case .trials: .trials
    }
  }
}
