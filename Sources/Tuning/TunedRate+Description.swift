internal import SpikingFramework

extension TunedRate: CustomStringConvertible {
  /// The rate, then a line for each of up to 28 parameters: where it started and where it is.
  public var description: String {
    let title =
      "\(rate), target \(brief(targetRate)) Hz \(hasReachedTarget ? "reached" : "not reached") "
      + "in \(counted(runs, "run"))"
    let table = TextTable(
      ["parameter", "start", "value"], names.indices, limit: maximumDescriptionLines - 3
    ) {
      [names[$0], brief(initialValues[$0], digits: 5), brief(values[$0], digits: 5)]
    }
    return ([title] + table.lines("parameters")).joined(separator: "\n")
  }
}
