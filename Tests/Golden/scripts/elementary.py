"""Elementary functions at difficult arguments: mpmath at 700 digits, rounded once to double."""
from mpmath import mp, mpf, exp, expm1, log, log1p, nstr
from golden import source, write

# Wide enough for 1 + x to be exact for every denormal x.
mp.dps = 700
denormal, tiny = 5e-324, 1e-310

# Where our functions were furthest from the exact value, of 10^5 random arguments each.
hard = {
    "exponential": [-459.2028894116597, 484.87587816358797],
    "expm1": [0.361640354167299, 0.36288496247362145],
    "logarithm": [1.2724043837660683, 1.4003706934297966],
    "log1p": [-0.2937500942323312, 0.4109879718647436],
    "logistic": [-2.762218197190415, -2.74178902884114],
    "softplus": [-2.0371719262092816, -0.4372547414228629],
}


def rows(function, arguments):
    # By way of a decimal text: correctly rounded for denormals too.
    return [{"x": x, "exact": float(nstr(function(mpf(x)), 45))} for x in arguments]


def both(*magnitudes):
    return sorted([-m for m in magnitudes] + list(magnitudes))


write("elementary.json", {
    "source": source("mpmath"),
    "note": "mpmath at 700 digits, rounded once to double; around each function's zeros, the ends of its range, the "
            "edges of argument reductions (ln 2 / 2, the roots of 1/2 and 2), denormal numbers, and where our "
            "functions err most.",
    "exponential": rows(exp, both(denormal, 1e-17, 0.34657359027997264, 1.0, 37.5, 700.0) + [-745.1, -708.5, 709.78,
                        *hard["exponential"]]),
    "expm1": rows(expm1, both(denormal, tiny, 1e-17, 1e-8, 0.01, 0.34657359027997264, 0.3465735902799727, 1.0,
                              1.0397207708399179, 36.7, 37.15235769467668) + [-800.0, 700.0, 709.5, 709.78, *hard["expm1"]]),
    "logarithm": rows(log, [denormal, tiny, 2.2250738585072014e-308, 1e-17, 0.5, 0.7071067811865475, 0.7071067811865476,
                            1 - 2**-53, 1 + 2**-52, 1.00001, 1.414213562373095, 1.4142135623730951, 2.0, 10.0, 1e300,
                            1.7976931348623157e308, *hard["logarithm"]]),
    "log1p": rows(log1p, both(denormal, tiny, 2**-53, 3 * 2**-53, 1e-17, 1e-8, 0.01, 0.2928932188134524,
                              0.2928932188134525, 0.5) + [-1 + 2**-53, 0.4142135623730950, 1.0, 1e16, 1e300, *hard["log1p"]]),
    "logistic": rows(lambda x: exp(x) / (1 + exp(x)), both(denormal, 1e-17, 0.5, 2.722342501970509, 36.7, 700.0) + hard["logistic"]),
    "softplus": rows(lambda x: log1p(exp(x)), both(denormal, 1e-17, 0.43324202771639, 0.8813735870195429, 1.0, 36.7,
                                                   40.0, 700.0) + [-745.1, 1e17, *hard["softplus"]]),
}, digits=17)
