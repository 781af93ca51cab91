import Spiking

/// Triangles with peaks evenly over the window, each of which ends where its neighbours have theirs.
public struct TriangleBasis: Basis {
  public var count = 4
  public var window = 20

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: ParameterDomain(.integer, 2, 1000))
    visit("window", &window, in: ParameterDomain(.integer, 2, 100_000), unit: .bins)
  }

  public func functions() -> [[Double]] {
    let distance = Double(window - 1) / Double(count - 1)
    return (0..<window).map { lag in
      (0..<count).map { max(0, 1 - abs(Double(lag) - Double($0) * distance) / distance) }
    }
  }
}
