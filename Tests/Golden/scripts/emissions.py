"""Log-likelihoods and scores of the negative binomial and the hazard emission: mpmath, checked with scipy."""
from mpmath import mp, mpf, exp, expm1, log, log1p, loggamma, nstr
from scipy.stats import nbinom
from golden import source, write

mp.dps = 60


def rounded(value):
    return float(nstr(value, 45))


negative_binomial = []
for shape in [0.001, 0.3, 1.0, 4.5, 1e6]:
    for mean in [1e-6, 0.02, 0.7, 3.0, 60.0]:
        for count in [0, 1, 2, 5, 40, 300]:
            k, mu, x = mpf(shape), mpf(mean), mpf(count)
            likelihood = (loggamma(x + k) - loggamma(k) - loggamma(x + 1) + k * log(k / (k + mu))
                          + x * log(mu / (k + mu)))
            score = x / mu - (x + k) / (k + mu)
            negative_binomial.append([shape, mean, count, rounded(likelihood), rounded(score)])
            if shape < 10:
                theirs = nbinom.logpmf(count, shape, shape / (shape + mean))
                assert abs(theirs - float(likelihood)) <= 1e-9 * max(1, abs(theirs)), (shape, mean, count)

hazard = []
for mean in [1e-12, 1e-4, 0.1, 0.69, 0.7, 3.0, 20.0, 50.0, 600.0]:
    mu = mpf(mean)
    hazard.append([mean, 0, -mean, -1.0])
    hazard.append([mean, 1, rounded(log1p(-exp(-mu))), rounded(1 / expm1(mu))])

write("emissions.json", {
    "source": source("mpmath", "scipy"),
    "note": "mpmath at 60 digits, rounded once to double; scipy's nbinom agrees to 1e-9 below shape 10. "
            "negativeBinomial: shape, mean, count, log-likelihood, score. hazard: mean, count, log-likelihood, score.",
    "negativeBinomial": negative_binomial, "hazard": hazard,
}, digits=17)
