/* log, log1p and softplus for loops that the compiler turns into vector code: no calls, no branches,
   no tables. */
#ifndef SPIKING_LOGARITHM_H
#define SPIKING_LOGARITHM_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "clones.h"
#include "exponential.h"

/* ln(2^exponent u) + increase for a normal u > 0. An increase of c / u gives the logarithm of a u + c
   where c is at most half a unit in the last place of u.

   u = 2^k (1 + f) with 1 + f between the roots of 1/2 and of 2, found by an integer subtraction of
   the bits. With s = f / (2 + f) the logarithm of 1 + f is 2 artanh s = 2 s + s R, R the series
   2 s^2 / 3 + 2 s^4 / 5 + ... to s^20 (remainder below 1e-18). As 2 s = f - s f and
   s f = f^2 / 2 - s f^2 / 2, only small parts are rounded before f, which is exact, is added (Ng's
   arrangement in the C library of 4.3BSD). */
SPIKING_INLINE double spiking_log_sum(double u, double increase, double exponent) {
  const uint64_t root = 0x3FE6A09E667F3BCD, one = 0x3FF0000000000000;
  uint64_t bits;
  memcpy(&bits, &u, 8);
  bits += one - root;
  /* The exponent in the low bits of 2^52, then minus that and the bias. */
  uint64_t integer = (bits >> 52) | 0x4330000000000000;
  uint64_t fraction = (bits & 0x000FFFFFFFFFFFFF) + root;
  double k, m;
  memcpy(&k, &integer, 8);
  memcpy(&m, &fraction, 8);
  k = (k - (0x1p52 + 1023)) + exponent;
  double f = m - 1;
  double s = f / (2 + f);
  double z = s * s, z2 = z * z, z4 = z2 * z2;
  double p = (2.0 / 3 + z * (2.0 / 5)) + z2 * (2.0 / 7 + z * (2.0 / 9));
  double q = (2.0 / 11 + z * (2.0 / 13)) + z2 * (2.0 / 15 + z * (2.0 / 17));
  double t = 2.0 / 19 + z * (2.0 / 21);
  double series = z * (p + z4 * (q + z4 * t));
  double half = 0.5 * f * f;
  double small = s * (half + series) + (k * 0x1.a39ef35793c76p-33 + increase);
  return k * 0x1.62e42feep-1 - ((half - small) - f);
}

/* ln x within 1 unit in the last place: minus infinity at 0, NaN below; denormal numbers are scaled
   by 2^54 first. */
SPIKING_INLINE double spiking_log(double x) {
  double u = x < 0x1p-1022 ? x * 0x1p54 : x;
  double y = spiking_log_sum(u, 0, x < 0x1p-1022 ? -54 : 0);
  double outside = x == 0 ? -INFINITY : x < 0 ? NAN : x;
  return ((x > 0) & (x < INFINITY)) ? y : outside;
}

/* ln(1 + x) within 1 unit in the last place: x itself where it is 0 or tiny, minus infinity at -1,
   NaN below. 1 + x is taken as a rounded sum and what the rounding lost (Knuth's two-sum). */
SPIKING_INLINE double spiking_log1p(double x) {
  double u = 1 + x;
  double second = u - 1;
  double c = (1 - (u - second)) + (x - second);
  double y = spiking_log_sum(u, c / u, 0);
  double outside = x == -1 ? -INFINITY : x < -1 ? NAN : x;
  return ((x > -1) & (x < INFINITY) & (x != 0)) ? y : outside;
}

/* ln(1 + exp(x)) = max(x, 0) + ln(1 + exp(-|x|)), within 1.7 units in the last place: a
   relative error of the exponential is never magnified. */
SPIKING_INLINE double spiking_softplus(double x) {
  double e = spiking_exp(-fabs(x));
  double u = 1 + e;
  return (x > 0 ? x : 0) + spiking_log_sum(u, (e - (u - 1)) / u, 0);
}

#endif
