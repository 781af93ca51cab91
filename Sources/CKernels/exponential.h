/* exp and expm1 for loops that the compiler turns into vector code: no calls, no branches,
   no tables. */
#ifndef SPIKING_EXPONENTIAL_H
#define SPIKING_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

#include "clones.h"

/* exp(r) - 1 - r for |r| <= ln 2 / 2, by the Taylor polynomial of degree 13: remainder below
   5e-18. */
SPIKING_INLINE double spiking_exp_tail(double r) {
  double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  double a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
  double b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
  double c = (1.0 / 3628800 + r * (1.0 / 39916800))
             + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
  return r2 * (a + (r4 * b + r8 * c));
}

/* 2^k for an integer -1022 <= k <= 1023. Adding 1.5 * 2^52 makes it stand in the low bits. */
SPIKING_INLINE double spiking_power_of_two(double k) {
  double sum = k + (0x1.8p52 + 1023);
  uint64_t bits;
  memcpy(&bits, &sum, 8);
  bits <<= 52;
  double power;
  memcpy(&power, &bits, 8);
  return power;
}

/* exp(x) within 1 unit in the last place, denormal results, 0, infinity and NaN included.

   x = k ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite's two-part ln 2), 2^k as a product of two
   factors so that k may leave the range of normal exponents. Adding 1.5 * 2^52 rounds to an
   integer. */
SPIKING_INLINE double spiking_exp(double x) {
  const double shift = 0x1.8p52;
  x = x > 710 ? 710 : x;
  x = x < -746 ? -746 : x;
  double k = (x * 1.4426950408889634 + shift) - shift;
  double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
  double p = 1 + (r + spiking_exp_tail(r));
  double half = (k * 0.5 + shift) - shift;
  return (p * spiking_power_of_two(half)) * spiking_power_of_two(k - half);
}

/* exp(x) - 1 within 1.1 units in the last place; x itself where it is 0 or tiny.

   With x = k ln 2 + r as above it is (2^k - 1) + 2^k r + 2^k (exp(r) - 1 - r). The first sum loses
   most; what it rounds off (Dekker's fast sum: the first part is the larger one, or 0) and what the
   rounding of r left over join the third part, which is small. 2^1024 is out of range: one factor
   of 2 comes last. */
SPIKING_INLINE double spiking_expm1(double x) {
  const double shift = 0x1.8p52;
  double z = x > 710 ? 710 : x;
  z = z < -40 ? -40 : z;
  double k = (z * 1.4426950408889634 + shift) - shift;
  double high = z - k * 0x1.62e42feep-1, low = k * 0x1.a39ef35793c76p-33;
  double r = high - low;
  double rest = (high - r) - low;
  double power = spiking_power_of_two(k > 1023 ? 1023 : k);
  double first = power - 1, second = power * r;
  double sum = first + second;
  double lost = (first - sum) + second;
  double y = sum + (lost + power * (spiking_exp_tail(r) + (rest + rest * r)));
  y *= k > 1023 ? 2 : 1;
  return x == 0 ? x : y;
}

#endif
