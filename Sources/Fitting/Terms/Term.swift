public import SpikingFramework

/// A part of the drive of neurons: what a rate depends on.
///
///     g(t) = baseline + Σ_terms Σ_j w_j x_j(t)
///
/// A term says what its weights w_j are multiplied with in the bins of a recording; a `Design` is a sum of them. What a
/// conformance is made of it declares once, in `visitFields`: from that it can be read from files and the command line,
/// and a fit that holds it can be stored.
///
/// ```swift
/// struct Speed: Term {
///   var of = "speed"
///   var defaultName: String { of }
///   mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
///     try visit("of", &of)
///   }
///   func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
///     .filter(of: try recording.covariate(of), IdentityBasis(window: 1))
///   }
/// }
/// ```
public protocol Term: Sendable {
  /// What it is called where it is given no name, such as that of its covariate.
  var defaultName: String { get }
  /// Visits the fields, in the order in which files have them.
  mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError)
  /// Fills in what the recording of a fit says and others might say otherwise, such as which categories there are. Nothing
  /// by default.
  mutating func resolve(in recording: BinnedRecording) throws(SpikingError)
  /// What its weights are multiplied with.
  ///
  /// - Throws: `unknownName`, with those there are, where the recording has no such covariate; `invalidData` where it is
  ///   not what it should be.
  func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns
}

extension Term {
  public mutating func resolve(in recording: BinnedRecording) throws(SpikingError) {}
}

/// What visits the fields of a term: a reader of files, or what writes them.
public protocol TermVisitor {
  /// A name, such as that of a covariate.
  mutating func callAsFunction(_ name: String, _ value: inout String) throws(SpikingError)
  /// A name that may be left out.
  mutating func callAsFunction(_ name: String, _ value: inout String?) throws(SpikingError)
  /// Several names, or one.
  mutating func callAsFunction(_ name: String, _ value: inout [String]) throws(SpikingError)
  /// A number that may be left out.
  mutating func callAsFunction(_ name: String, _ value: inout Double?) throws(SpikingError)
  /// Functions of the lag.
  mutating func callAsFunction(_ name: String, _ value: inout any Basis) throws(SpikingError)
  /// Functions of the values of covariates, as many as there are of these.
  mutating func callAsFunction(_ name: String, _ value: inout [ValueBasis]) throws(SpikingError)
  /// Parts of a term, which are terms.
  mutating func callAsFunction(_ name: String, _ value: inout [any Term]) throws(SpikingError)
}
