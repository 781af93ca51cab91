internal import CGSL

/// GSL's reaction to a wrong argument, which is to abort the program unless told otherwise.
enum ErrorHandling {
  /// Reading this turns the aborting handler off, once; GSL then reports by return codes and NaN.
  @discardableResult
  static func turnOff() -> Bool { off }

  private static let off: Bool = {
    gsl_set_error_handler_off()
    return true
  }()
}
