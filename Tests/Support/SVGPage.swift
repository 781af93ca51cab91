internal import Foundation

/// A figure as gnuplot writes it in SVG, measured: the boxes of its text, by the metrics of the font
/// itself, and the lines that are drawn.
package struct SVGPage {
  /// A rectangle in pixels, y downwards.
  package struct Box {
    package var left: Double
    package var right: Double
    package var top: Double
    package var bottom: Double

    func meets(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    func widened(by margin: Double) -> Box {
      Box(
        left: left - margin, right: right + margin, top: top - margin, bottom: bottom + margin)
    }

    /// Whether a line from a to b touches it (Liang and Barsky 1984, ACM Trans Graph 3:1).
    func meets(from a: (x: Double, y: Double), to b: (x: Double, y: Double)) -> Bool {
      var (first, last) = (0.0, 1.0)
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      for (step, room) in [
        (-dx, a.x - left), (dx, right - a.x), (-dy, a.y - top), (dy, bottom - a.y),
      ] {
        if step == 0 {
          if room < 0 { return false }
        } else if step < 0 {
          first = max(first, room / step)
        } else {
          last = min(last, room / step)
        }
      }
      return first <= last
    }
  }

  /// A line of text.
  package struct Text {
    package let text: String
    package let font: String
    package let box: Box
  }

  /// A line through points, and how thick it is.
  package struct Stroke {
    package let points: [(x: Double, y: Double)]
    package let width: Double
  }

  package let width: Double
  package let height: Double
  package private(set) var texts: [Text] = []
  package private(set) var strokes: [Stroke] = []

  /// Reads what gnuplot 5.4 writes: an element a line, but for the numbers of long paths.
  package init(_ svg: String, metrics: FontMetrics) {
    let size = Self.attribute("viewBox", in: svg).split(separator: " ").compactMap { Double($0) }
    (width, height) = (size[2], size[3])
    let body = svg.firstRange(of: "</defs>").map { svg[$0.upperBound...] } ?? svg[...]
    var place: Substring?
    var strokeWidth = 1.0
    for element in body.split(separator: "<").dropFirst() {
      if element.hasPrefix("g ") {
        place = element.contains("font-family") ? element : nil
        if let width = Double(Self.attribute("stroke-width", in: element)) { strokeWidth = width }
      } else if element.hasPrefix("text>"), let place {
        let content = Self.decoded(element.dropFirst(5))
        if !content.isEmpty { texts.append(Self.text(content, at: place, metrics)) }
      } else if element.hasPrefix("path ") {
        // A path of several lines begins each with M.
        for line in Self.attribute("d", in: element).split(separator: "M") {
          strokes.append(Stroke(points: Self.points(line), width: strokeWidth))
        }
      } else if element.hasPrefix("polygon ") {
        let points = Self.points(Self.attribute("points", in: element)[...])
        strokes.append(Stroke(points: points + points.prefix(1), width: 0))
      }
    }
  }

  /// Text that leaves the page, meets other text, or is struck through; in words.
  package var faults: [String] {
    var faults: [String] = []
    for (index, text) in texts.enumerated() {
      let box = text.box
      if box.left < 2 || box.top < 2 || box.right > width - 2 || box.bottom > height - 2 {
        faults.append("“\(text.text)” leaves the page: \(box)")
      }
      for other in texts[..<index] where box.meets(other.box) {
        faults.append("“\(text.text)” meets “\(other.text)”")
      }
      for stroke in strokes {
        let near = box.widened(by: stroke.width / 2)
        if zip(stroke.points, stroke.points.dropFirst()).contains(where: {
          near.meets(from: $0, to: $1)
        }) {
          faults.append("“\(text.text)” is struck through")
          break
        }
      }
    }
    return faults
  }

  /// All that is written, without blanks.
  package var letters: String { texts.map(\.text).joined().filter { $0 != " " } }

  private static func text(
    _ content: String, at element: Substring, _ metrics: FontMetrics
  ) -> Text {
    let transform = attribute("transform", in: element)
    let place = points(transform.dropFirst("translate(".count).prefix { $0 != ")" })[0]
    let size = Double(attribute("font-size", in: element)) ?? .nan
    let length = metrics.width(content) * size
    let start =
      switch attribute("text-anchor", in: element) {
      case "middle": -length / 2
      case "end": -length
      default: 0.0
      }
    let (ascent, descent) = (metrics.ascent * size, metrics.descent * size)
    let isVertical = transform.contains("rotate(-90")
    let box =
      isVertical
      ? Box(
        left: place.x - ascent, right: place.x + descent, top: place.y - start - length,
        bottom: place.y - start)
      : Box(
        left: place.x + start, right: place.x + start + length, top: place.y - ascent,
        bottom: place.y + descent)
    return Text(text: content, font: attribute("font-family", in: element), box: box)
  }

  /// The value of the first attribute of that name, in quotes of either kind; empty without one.
  private static func attribute(_ name: String, in text: some StringProtocol) -> String {
    for quote in ["\"", "'"] {
      for equals in ["=", " = "] {
        if let range = text.range(of: " \(name)\(equals)\(quote)") {
          return String(text[range.upperBound...].prefix { String($0) != quote })
        }
      }
    }
    return ""
  }

  /// Points as "1.5,2 L3,4" or "1.5,2 3,4".
  private static func points(_ text: Substring) -> [(x: Double, y: Double)] {
    let numbers = text.split { !"+-.0123456789e".contains($0) }.compactMap { Double($0) }
    return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
  }

  private static func decoded(_ text: Substring) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(String(text)) {
      $0.replacing($1.0, with: $1.1)
    }
  }
}

/// The widths of the letters of the figures' font, by fontTools.
package struct FontMetrics {
  private let widths: [String: Double]
  /// How far letters reach above and below the line, as fractions of their size.
  package let ascent: Double
  package let descent: Double

  private struct File: Decodable {
    let unitsPerEm: Double
    let ascent: Double
    let descent: Double
    let widths: [String: Double]
  }

  package init() throws {
    let file = try golden("font_widths", as: File.self)
    widths = file.widths.mapValues { $0 / file.unitsPerEm }
    ascent = file.ascent / file.unitsPerEm
    descent = file.descent / file.unitsPerEm
  }

  /// The letters that the file knows, in their order.
  package var letters: [String] { widths.keys.sorted() }

  /// The width of a text as a fraction of its size; an em for a letter that the file does not know.
  package func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + (widths[String($1)] ?? 1) }
  }
}
