/// A time in ms as it stands in a message: "670640.7 ms", in 15 digits, for times in seconds that were multiplied by
/// 1000 end in digits of rounding.
public func inMilliseconds(_ time: Double) -> String { "\(rounded(time)) ms" }

/// A span of time as it stands in a message: "0.0 to 670640.7 ms".
public func inMilliseconds(_ start: Double, to stop: Double) -> String {
  "\(rounded(start)) to \(rounded(stop)) ms"
}

/// A span of time as it stands in a description: "0 to 670640.7 ms".
package func briefly(inMilliseconds start: Double, to stop: Double) -> String {
  "\(brief(rounded(start))) to \(brief(rounded(stop))) ms"
}

private func rounded(_ time: Double) -> Double {
  guard time.isFinite, time != 0 else { return time == 0 ? 0 : time }
  var scale = 1.0
  while time.magnitude * scale < 1e14, scale < 1e15 { scale *= 10 }
  return (time * scale).rounded() / scale
}
