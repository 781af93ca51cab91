extension Color {
  /// The colours of several lines that stand for nothing in particular, in the order of their use
  /// (Okabe and Ito 2008); after the seventh they begin again.
  public static func series(_ index: Int) -> Color {
    let colors: [Color] = [
      .inhibitory, .excitatory, .stimulated, Color(0xCC79A7), .population, Color(0xE69F00),
      .unstimulated,
    ]
    return colors[index % colors.count]
  }
}
