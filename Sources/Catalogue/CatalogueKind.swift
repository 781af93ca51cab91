/// What kinds of types go by names.
public enum CatalogueKind: String, CaseIterable, Sendable {
  /// `SpikingModel`.
  case model
  /// `Nonlinearity`.
  case nonlinearity
  /// `Emission`.
  case emission
  /// `TemporalFilter`.
  case filter
  /// `Basis`.
  case basis
  /// `Stimulus`.
  case stimulus
  /// `ConnectivityGenerator`.
  case generator
  /// `WeightDistribution`.
  case weights
  /// `DelayRule`.
  case delays
  /// `Statistic`.
  case statistic

  /// What is left out of the names of types of this kind.
  var suffix: String {
    switch self {
    case .model, .nonlinearity: ""
    case .statistic: "Analysis"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }

  /// Whether names are written as in "mexican-hat", and not as in "MexicanHat".
  var isHyphenated: Bool {
    switch self {
    case .model, .stimulus: false
    default: true
    }
  }
}
