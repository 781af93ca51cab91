"""Nonlinearities at drives from -800 to 800: mpmath at 60 digits, rounded once to double, checked with scipy."""
import numpy as np
from mpmath import mp, mpf, exp, log1p, nstr
from scipy.special import expit
from golden import source, write

mp.dps = 60
magnitudes = [1e-10, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 36.5, 40.0, 100.0, 300.0, 700.0, 709.0, 720.0, 745.0, 800.0]
drives = sorted([-m for m in magnitudes] + [0.0] + magnitudes)


def rounded(value):
    # By way of a decimal text: correctly rounded for denormals too.
    return float(nstr(value, 45))


rows = []
for x in drives:
    e = exp(mpf(x))
    sigmoid = e / (1 + e)
    rows.append({
        "drive": x,
        "sigmoid": rounded(sigmoid),
        "sigmoidSlope": rounded(e / (1 + e) ** 2),
        "exponential": rounded(e) if abs(x) <= 700 else None,
        "softplus": rounded(log1p(e)),
        "softplusSlope": rounded(sigmoid),
    })

x = np.array(drives)
normal = np.abs(x) <= 709  # beyond: denormal results, where scipy's expit gives 0
for name, peer in [("sigmoid", expit(x)), ("sigmoidSlope", expit(x) * expit(-x)),
                   ("softplus", np.logaddexp(0, x)), ("softplusSlope", expit(x))]:
    values = np.array([row[name] for row in rows])
    assert np.allclose(values[normal], peer[normal], rtol=1e-14, atol=0), name

write("nonlinearities.json", {
    "source": source("mpmath", "scipy"),
    "note": "mpmath at 60 digits, rounded once to double; agrees with scipy's expit to 1e-14 where |drive| <= 709. "
            "A value below 2.2e-308 is denormal: exact here, 0 from scipy's expit; compare it absolutely. "
            "exponential is null where |drive| > 700.",
    "rows": rows,
}, digits=17)
