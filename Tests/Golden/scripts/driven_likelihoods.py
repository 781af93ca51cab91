"""Log-likelihoods as functions of drives, with their derivatives, of every nonlinearity and emission: mpmath."""
from mpmath import mp, mpf, erfc, exp, expm1, log, log1p, loggamma, nstr, pi, sqrt
from golden import source, write

mp.dps = 400

DRIVES = [-700, -39, -20, -0.75, 0.5, 1.5, 5, 20, 36.5, 700]
SHAPE = mpf(3) / 2


def rounded(value):
    return float(nstr(value, 14))


def logistic(x):
    return 1 / (1 + exp(-x))


def normal(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def density(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def threshold(g, fraction=mpf(3) / 5):
    """A step at 0 for two in five draws, a normal cumulative function for the others."""
    if g > 0:
        upper = fraction * normal(-g)
        return 1 - upper, upper, fraction * density(g)
    lower = fraction * normal(g)
    return lower, 1 - lower, fraction * density(g)


# Of a drive: the rate, what it lacks to 1 (None where it is not bounded), the slope.
LINKS = {
    "Sigmoid": lambda g: (logistic(g), logistic(-g), logistic(g) * logistic(-g)),
    "ComplementaryLogLog": lambda g: (-expm1(-exp(g)), exp(-exp(g)), exp(g - exp(g))),
    "Probit": lambda g: (normal(g), normal(-g), density(g)),
    "Threshold": threshold,
    "Exponential": lambda g: (exp(g), None, exp(g)),
    "Softplus": lambda g: (log1p(exp(g)), None, logistic(g)),
    "LogLinear": lambda g: (1 + g, None, mpf(1)) if g > 0 else (exp(g), None, exp(g)),
    "Power": lambda g: (g * g, None, 2 * g) if g > 0 else (mpf(0), None, mpf(0)),
    "Rectifier": lambda g: (g, None, mpf(1)) if g > 0 else (mpf(0), None, mpf(0)),
    "Identity": lambda g: (g, None, mpf(1)) if g > 0 else (mpf(0), None, mpf(0)),
}


def bernoulli(count, mu, silence, slope):
    if count == 1:
        return (mpf(0), 0) if mu >= 1 else (log(mu), slope / mu)
    return (None, 0) if silence <= 0 else (log(silence), -slope / silence)


def poisson(count, mu, _, slope):
    if count == 0:
        return -mu, -slope
    return count * log(mu) - mu - loggamma(count + 1), (count / mu - 1) * slope


def hazard(count, mu, _, slope):
    return (-mu, -slope) if count == 0 else (log(-expm1(-mu)), slope / expm1(mu))


def negative_binomial(count, mu, _, slope):
    k, x = SHAPE, mpf(count)
    value = -k * log1p(mu / k)
    if count == 0:
        return value, -slope / (1 + mu / k)
    value += loggamma(x + k) - loggamma(k) - loggamma(x + 1) + x * log(mu / (k + mu))
    return value, (x / mu - (x + k) / (k + mu)) * slope


EMISSIONS = {
    "Bernoulli": (bernoulli, [0, 1]),
    "Poisson": (poisson, [0, 1, 3]),
    "Hazard": (hazard, [0, 1]),
    "NegativeBinomial": (negative_binomial, [0, 1, 3]),
}

cases = []
for link, function in LINKS.items():
    for emission, (likelihood, counts) in EMISSIONS.items():
        for dt in [1.0, 0.5]:
            if dt != 1 and function(mpf(1))[1] is None:
                continue
            for count in counts:
                values, slopes = [], []
                for drive in DRIVES:
                    rate, missing, slope = function(mpf(drive))
                    mu = rate * mpf(dt)
                    silence = 1 - mu if missing is None else (1 - mpf(dt)) + mpf(dt) * missing
                    if mu == 0 and count > 0:
                        value, derivative = None, 0
                    else:
                        value, derivative = likelihood(count, mu, silence, slope * mpf(dt))
                    values.append(None if value is None else rounded(value))
                    slopes.append(rounded(derivative))
                cases.append({"case": [link, emission, dt, count], "logLikelihoods": values, "slopes": slopes})

write("driven_likelihoods.json", {
    "source": source("mpmath"),
    "note": "mpmath at 400 digits. Nonlinearities with their default parameters, but Threshold with deviation 1 and "
            "noisyFraction 0.6; negative binomial counts of shape 1.5. case: nonlinearity, emission, dt, count; by "
            "drive the log-likelihood (null where the count cannot occur) and its derivative.",
    "drives": DRIVES, "cases": cases,
}, digits=14)
