/// A colour with an opacity.
public struct Color: Hashable, Sendable {
  /// Red, green and blue as 0xRRGGBB.
  public let rgb: UInt32
  /// From 0, invisible, to 1, solid.
  public var opacity: Double

  /// A colour 0xRRGGBB.
  public init(_ rgb: UInt32, opacity: Double = 1) {
    self.rgb = rgb
    self.opacity = opacity
  }

  /// The same colour at another opacity.
  public func opacity(_ opacity: Double) -> Color { Color(rgb, opacity: opacity) }

  /// Gnuplot's notation of a colour, '#AARRGGBB', in which an alpha of 0 is solid.
  var gnuplot: String {
    let alpha = UInt32(((1 - min(max(opacity, 0), 1)) * 255).rounded())
    return "rgb '#\(Self.hexadecimal(alpha, 2))\(Self.hexadecimal(rgb, 6))'"
  }

  /// Gnuplot's notation of a colour of a palette, which is solid: '#RRGGBB'.
  var gnuplotPalette: String { "'#\(Self.hexadecimal(rgb, 6))'" }

  private static func hexadecimal(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

/// What the colours of the figures mean. All are of the palette that remains distinct to the
/// colour-blind (Okabe and Ito 2008, "Color Universal Design"), or grey.
extension Color {
  /// Excitatory neurons and synapses, positive weights: vermilion.
  public static let excitatory = Color(0xD55E00)
  /// Inhibitory neurons and synapses, negative weights: blue.
  public static let inhibitory = Color(0x0072B2)
  /// Stimulated neurons: bluish green.
  public static let stimulated = Color(0x009E73)
  /// Neurons without a stimulus: dark grey.
  public static let unstimulated = Color(0x4D4D4D)
  /// The time of a stimulus: yellow.
  public static let pulse = Color(0xF0E442, opacity: 0.45)
  /// All neurons together: sky blue.
  public static let population = Color(0x56B4E9)
  /// Neither one nor the other: grey.
  public static let neutral = Color(0x9A9A9A)
  /// Lettering.
  public static let ink = Color(0x1A1A1A)
}
