"""Special functions: scipy's value, and the same from mpmath at 50 digits rounded to double."""
import mpmath as mp
from scipy import special, stats
from golden import source, write

mp.mp.dps = 50


def kolmogorov_survival(x):
    # Two theta series: the second converges for small x.
    if x >= 1:
        return 2 * mp.nsum(lambda k: (-1) ** (int(k) - 1) * mp.exp(-2 * k * k * x * x), [1, 30], method="direct")
    tail = sum(mp.exp(-((2 * k - 1) * mp.pi / x) ** 2 / 8) for k in range(1, 30))
    return 1 - mp.sqrt(2 * mp.pi) / x * tail


def ndtri(p):
    # Newton's steps on the normal distribution from a double's value: safe in both tails.
    z = mp.mpf(float(special.ndtri(float(p))))
    for _ in range(6):
        z -= (mp.erfc(-z / mp.sqrt(2)) / 2 - p) / mp.npdf(z)
    return z


shapes = [(0.5, 0.1), (0.5, 2.0), (1.0, 1.0), (2.5, 1.0), (2.5, 6.0), (10.0, 3.0), (10.0, 10.0), (10.0, 25.0), (100.0, 90.0)]
functions = {
    "lgamma": (special.gammaln, lambda x: mp.log(abs(mp.gamma(x))),
               [(v,) for v in (1e-5, 0.1, 0.5, 1.5, 2.5, 3.7, 10.0, 25.0, 100.5, 1e4, 1e6, -0.5, -3.3)]),
    "digamma": (special.digamma, mp.digamma,
                [(v,) for v in (1e-5, 0.1, 0.5, 1.0, 2.0, 3.7, 10.0, 100.5, 1e6, -0.5, -3.3)]),
    "erf": (special.erf, mp.erf, [(v,) for v in (-3.0, -0.5, 0.0, 1e-10, 0.1, 0.5, 1.0, 2.0, 3.5, 6.0)]),
    "erfc": (special.erfc, mp.erfc, [(v,) for v in (-3.0, -0.5, 0.0, 0.1, 0.5, 1.0, 2.0, 3.5, 6.0, 10.0, 26.0)]),
    "normalQuantile": (special.ndtri, ndtri,
                       [(v,) for v in (1e-300, 1e-10, 1e-4, 0.01, 0.025, 0.3, 0.5, 0.6, 0.9, 0.975, 0.995, 0.999999)]),
    "gammaP": (special.gammainc, lambda a, x: mp.gammainc(a, 0, x, regularized=True), shapes),
    "gammaQ": (special.gammaincc, lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True), shapes),
    "chiSquareSurvival": (lambda k, x: stats.chi2.sf(x, k),
                          lambda k, x: mp.gammainc(mp.mpf(k) / 2, mp.mpf(x) / 2, mp.inf, regularized=True),
                          [(1.0, 3.841), (1.0, 0.01), (2.0, 5.991), (5.0, 1.0), (5.0, 11.07), (10.0, 40.0), (50.0, 50.0), (100.0, 200.0)]),
    "kolmogorovSurvival": (stats.kstwobign.sf, kolmogorov_survival,
                           [(v,) for v in (0.2, 0.4, 0.5, 0.8276, 1.0, 1.2238, 1.36, 1.63, 2.0, 3.0)]),
}

content = {
    "source": source("scipy", "mpmath"),
    "note": "x: the arguments in order (gammaP, gammaQ: shape, x; chiSquareSurvival: degrees of freedom, x). scipy: "
            "scipy's value; exact: mpmath at 50 digits rounded to double. scipyRelativeError: the largest of the two's "
            "relative differences; compare with exact. lgamma of a negative argument is ln|gamma|.",
}
for name, (peer, reference, arguments) in functions.items():
    rows, worst = [], 0.0
    for x in arguments:
        value, exact = float(peer(*x)), float(mp.nstr(reference(*(mp.mpf(v) for v in x)), 30))
        rows.append({"x": list(x), "scipy": value, "exact": exact})
        worst = max(worst, abs(value - exact) / abs(exact) if exact else abs(value))
    assert worst < 1e-12, (name, worst)
    content[name] = {"scipyRelativeError": float(f"{worst:.1e}"), "rows": rows}
write("special_functions.json", content)
