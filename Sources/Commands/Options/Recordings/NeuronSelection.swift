internal import ArgumentParser
internal import Spiking

/// Neurons of an option, "3,7-11", in the order in which they are given.
struct NeuronSelection {
  private let ranges: [ClosedRange<Int>]

  /// - Throws: `ValidationError` with what was expected, which the argument parser quotes.
  init(_ text: String) throws {
    ranges = try text.split(separator: ",", omittingEmptySubsequences: false).map(Self.range)
    let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
    for (former, next) in zip(sorted, sorted.dropFirst()) {
      guard former.upperBound < next.lowerBound else {
        throw ValidationError("expected neuron \(next.lowerBound) once")
      }
    }
  }

  private static func range(_ text: Substring) throws -> ClosedRange<Int> {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = ends.compactMap { end in
      end.first.flatMap { $0.isNumber ? try? NumberText.whole(String(end)) as Int : nil }
    }
    guard numbers.count == ends.count, 1...2 ~= numbers.count else {
      throw ValidationError("expected whole numbers ≥ 0 and ranges, such as 3,7-11")
    }
    let (first, last) = (numbers[0], numbers[numbers.count - 1])
    guard first <= last else {
      throw ValidationError("expected \(last)-\(first): the lower end of a range comes first")
    }
    return first...last
  }

  /// The neurons of a recording of `count` neurons.
  ///
  /// - Throws: `invalidData` where it has no such neuron.
  func neurons(of count: Int, in recording: String) throws(SpikingError) -> [Int] {
    if let range = ranges.first(where: { $0.upperBound >= count }) {
      throw SpikingError(
        .invalidData, "\(recording): --neurons",
        found: "neuron \(max(range.lowerBound, count))",
        expected: count > 0 ? "0 to \(count - 1)" : "none, as there are none")
    }
    return ranges.flatMap(Array.init)
  }

  /// What some of the neurons of a recording are called in its figures: "neurons 3, 7–11".
  static func name(_ neurons: [Int], of count: Int) -> String {
    if neurons.count == count { return "all neurons" }
    if neurons.count == 1 { return "neuron \(neurons[0])" }
    var runs: [ClosedRange<Int>] = []
    for neuron in neurons {
      if let last = runs.last, last.upperBound + 1 == neuron {
        runs[runs.count - 1] = last.lowerBound...neuron
      } else {
        runs.append(neuron...neuron)
      }
    }
    let names = runs.flatMap { run in
      run.count > 2 ? ["\(run.lowerBound)–\(run.upperBound)"] : run.map { "\($0)" }
    }
    guard 1...maximumNames ~= names.count else { return "\(neurons.count) of \(count) neurons" }
    return "neurons \(names.joined(separator: ", "))"
  }

  /// More would not fit above a figure.
  private static let maximumNames = 8
}
