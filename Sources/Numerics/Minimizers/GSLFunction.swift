internal import CGSL

/// Lends a function of one variable to GSL, which keeps the pointers that it is given: they live until
/// `body` ends.
func withGSLFunction<Result>(
  _ function: (Double) -> Double, _ body: (UnsafeMutablePointer<gsl_function>) -> Result
) -> Result {
  withoutActuallyEscaping(function) { function in
    var context = Context(function: function)
    return withUnsafeMutablePointer(to: &context) { context in
      var target = gsl_function(
        function: { x, context in
          context.unsafelyUnwrapped.assumingMemoryBound(to: Context.self).pointee.function(x)
        }, params: context)
      return withUnsafeMutablePointer(to: &target, body)
    }
  }
}

private struct Context { let function: (Double) -> Double }
