internal import Foundation
internal import Spiking

/// A fit, and how its penalties were found.
enum FoundFit: Sendable {
  case given(CoupledFit)
  case validated(CrossValidation)
  case evidence(EvidenceMaximization)
  case emission(EmissionEstimate)

  var fit: CoupledFit {
    switch self {
    case .given(let fit): fit
    case .validated(let validation): validation.fit
    case .evidence(let evidence): evidence.fit
    case .emission(let estimate): estimate.fit
    }
  }

  /// What there is to say of it, in a line.
  var summary: String? {
    switch self {
    case .given: nil
    case .validated(let validation): validation.summary
    case .evidence(let evidence): evidence.summary
    case .emission(let estimate): estimate.summary
    }
  }

  func write(to path: String) throws(SpikingError) {
    switch self {
    case .given(let fit): try fit.write(to: path)
    case .validated(let validation): try validation.write(to: path)
    case .evidence(let evidence): try evidence.write(to: path)
    case .emission(let estimate): try estimate.fit.write(to: path)
    }
  }
}

extension EmissionEstimate {
  /// The value with its 95 % interval: "shape 2.1 (1.9 to 2.4)".
  var summary: String {
    guard logStandardError.isFinite else {
      return
        "\(name) \(brief(value, digits: 3)), at an end of the range: counts vary as little, or as much, as they can"
    }
    let factor = exp(1.96 * logStandardError)
    let ends = [value / factor, value * factor].map { brief($0, digits: 3) }
    return "\(name) \(brief(value, digits: 3)) (\(ends[0]) to \(ends[1]))"
  }
}

extension EvidenceMaximization {
  /// The effective degrees of freedom of each input: "effective degrees of freedom: place 8.1 (2.3 to 11.2), speed 1.4 (0 to 3)".
  var summary: String {
    let parts = names.indices.map { index in
      let own = degrees.map { $0[index] }.sorted()
      let (least, most) = (own.first ?? 0, own.last ?? 0)
      return "\(names[index]) \(fixed(own.isEmpty ? 0 : own[own.count / 2], 1)) "
        + "(\(fixed(least, 1)) to \(fixed(most, 1)))"
    }
    return "effective degrees of freedom, median and range: \(parts.joined(separator: ", "))"
  }
}

extension CrossValidation {
  /// Which factors were chosen, by how many neurons: "5 folds: penalties × 0.1 for 12 neurons, × 0.03 for 3".
  var summary: String {
    let counts = Dictionary(grouping: chosenFactors, by: \.self).mapValues(\.count)
    let parts = counts.sorted { $0.key > $1.key }.enumerated().map { index, entry in
      "× \(brief(entry.key)) for "
        + (index == 0 ? counted(entry.value, "neuron") : "\(entry.value)")
    }
    return "\(folds.count) folds: penalties \(parts.joined(separator: ", "))"
  }
}
