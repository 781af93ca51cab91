#include "exponential.h"
#include "kernels.h"
#include "logarithm.h"

/* ns of processor time an element, 512 at a time, on an AMD EPYC of 2.6 GHz with AVX-512 and as for
   AVX2, against the same loop over the single forms in Swift, which is compiled for SSE2:

                AVX-512   AVX2   Swift   C library
   exp            1.1      1.8     3.1      4.7
   expm1          1.3      2.2     4.1      6.5
   log            1.5      2.6     5.3      3.9
   log1p          1.5      2.7     5.0      5.3
   logistic       1.4      2.2     4.1
   softplus       3.0      4.8     9.1 */
SPIKING_CLONES
void spiking_exponential(int64_t n, const double *x, double gain, double scale, double *y) {
  for (int64_t i = 0; i < n; i++) y[i] = scale * spiking_exp(gain * x[i]);
}

/* With e = exp(-|z|) <= 1 neither end overflows, and a small rate keeps its relative precision. */
SPIKING_CLONES
void spiking_logistic(
    int64_t n, const double *x, double threshold, double gain, double scale, double *y) {
  for (int64_t i = 0; i < n; i++) {
    double z = gain * (x[i] - threshold);
    double e = spiking_exp(-fabs(z));
    y[i] = scale * ((z > 0 ? 1 : e) / (1 + e));
  }
}

SPIKING_CLONES
void spiking_expm1s(int64_t n, const double *x, double *y) {
  for (int64_t i = 0; i < n; i++) y[i] = spiking_expm1(x[i]);
}

SPIKING_CLONES
void spiking_logarithms(int64_t n, const double *x, double *y) {
  for (int64_t i = 0; i < n; i++) y[i] = spiking_log(x[i]);
}

SPIKING_CLONES
void spiking_log1ps(int64_t n, const double *x, double *y) {
  for (int64_t i = 0; i < n; i++) y[i] = spiking_log1p(x[i]);
}

SPIKING_CLONES
void spiking_softpluses(
    int64_t n, const double *x, double threshold, double gain, double scale, double *y) {
  for (int64_t i = 0; i < n; i++) y[i] = scale * spiking_softplus(gain * (x[i] - threshold));
}

/* At most 6.3% above exp(z), and never below the least normal number, 2^-126. The bits of a
   float, read as an integer, are 2^23 times its binary logarithm plus 127, up to an error that
   the straight line between powers of 2 makes, which is never negative: (1 + f) >= 2^f. The
   other way round an integer makes an upper bound of a power. Half of 2^14 is added for the
   rounding of single precision; 2139095040 is infinity; z is added once more, times 0, so that a
   NaN remains one. (Schraudolph 1999.) */
SPIKING_INLINE float spiking_exp_bound(float z) {
  float t = z * 12102203.0f + (127 * 0x1p23f + 8192);
  t = t < 0x1p23f ? 0x1p23f : t;
  t = t > 2139095040.0f ? 2139095040.0f : t;
  int32_t bits = (int32_t)t;
  float bound;
  memcpy(&bound, &bits, 4);
  return bound + 0 * z;
}

/* ns a bound with AVX-512 and with AVX2, against the same in Swift, whose conversion to an integer is
   checked: exponential 0.16, 0.25 (2.2), logistic 0.28, 0.49 (3.3), softplus 0.38, 0.69 (4.3). */
SPIKING_CLONES
void spiking_exponential_bounds(
    int64_t n, const double *x, double gain, float scale, float *y) {
  for (int64_t i = 0; i < n; i++) y[i] = scale * spiking_exp_bound((float)(gain * x[i]));
}

/* e / (1 + e) grows with e, and is 1 long before e overflows. */
SPIKING_CLONES
void spiking_logistic_bounds(
    int64_t n, const double *x, double threshold, double gain, float scale, float *y) {
  for (int64_t i = 0; i < n; i++) {
    float z = (float)(gain * (x[i] - threshold));
    float e = spiking_exp_bound(z > 80 ? 80 : z);
    y[i] = scale * (e / (1 + e));
  }
}

/* The [2/1] Padé approximant of ln(1 + e) at 0, e (6 + e) / (6 + 4 e), lies above it for e > 0 (the
   derivatives differ by e^3 / ((1 + e) (3 + 2 e)^2)), by 1% at e = 1, and grows with e. */
SPIKING_CLONES
void spiking_softplus_bounds(
    int64_t n, const double *x, double threshold, double gain, float scale, float *y) {
  for (int64_t i = 0; i < n; i++) {
    float z = (float)(gain * (x[i] - threshold));
    float e = spiking_exp_bound(-fabsf(z));
    y[i] = scale * ((z > 0 ? z : 0) + e * (6 + e) / (6 + 4 * e));
  }
}
