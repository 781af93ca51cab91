internal import SpikingFramework

/// Where a time series stands in an NWB file: where its path says, or in `/acquisition` where the standard knows no such
/// place.
struct SeriesPlace: Hashable {
  enum Area: Hashable {
    case acquisition, presentation, templates
    /// In a module of `/processing`.
    case module(String)
  }

  let area: Area
  /// A group in a module that holds series.
  let container: String?
  let name: String

  init(path: String) {
    let parts = path.split(separator: "/").map(String.init)
    let rest = parts.dropFirst(2)
    switch (parts.first, rest.count) {
    case ("stimulus", 1) where parts[1] == "presentation": area = .presentation
    case ("stimulus", 1) where parts[1] == "templates": area = .templates
    case ("processing", 1...): area = .module(parts[1])
    default: area = .acquisition
    }
    guard case .module = area else {
      container = nil
      name = parts.last ?? "series"
      return
    }
    container = rest.count > 1 ? rest.first : nil
    // There are no deeper groups in the standard.
    name = rest.dropFirst(rest.count > 1 ? 1 : 0).joined(separator: "_")
  }
}
