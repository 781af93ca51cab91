internal import SpikingFiles

/// The formats in which networks are written; all are read, too.
///
/// | format | extensions | holds |
/// | --- | --- | --- |
/// | `npy` | `.npy` | the matrix of weights, float32 [N, N] |
/// | `npz` | `.npz` | the synapses as SciPy's sparse rows, with delays and names |
/// | `pt` | `.pt`, `.pth` | the matrix of weights as a tensor of PyTorch |
/// | `graphml` | `.graphml` | neurons with names, synapses with delays |
/// | `csv` | `.csv`, `.tsv`, `.txt` | a list of synapses with delays and names, or the matrix with names |
public enum NetworkFormat: String, CaseIterable, Hashable, Sendable {
  case npy, npz, pt, graphml, csv

  /// The format of the files with the extension of this path; nil where there is none.
  public init?(path: String) {
    switch Paths.pathExtension(path) {
    case "npy": self = .npy
    case "npz": self = .npz
    case "pt", "pth": self = .pt
    case "graphml": self = .graphml
    case "csv", "tsv", "txt": self = .csv
    default: return nil
    }
  }

  /// Whether a file holds the delays of the synapses, too.
  public var holdsDelays: Bool {
    switch self {
    case .npy, .pt: false
    case .npz, .graphml, .csv: true
    }
  }

  /// Whether a file holds the names of the neurons, too.
  public var holdsNames: Bool { holdsDelays }

  /// The extensions, for errors.
  static let extensions = "npy, npz, pt, graphml, csv, tsv or txt"
}
