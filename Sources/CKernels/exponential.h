/* exp for loops that the compiler turns into vector code: no calls, no branches, no tables. */
#ifndef SPIKING_EXPONENTIAL_H
#define SPIKING_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

#include "clones.h"

/* exp(x) within 1 unit in the last place, denormal results, 0, infinity and NaN included.

   x = k ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite's two-part ln 2), exp(r) by its Taylor
   polynomial of degree 13 (remainder below 5e-18), 2^k as a product of two factors so that k may
   leave the range of normal exponents. Adding 1.5 * 2^52 rounds to an integer that stands in the
   low bits of the sum. */
SPIKING_INLINE double spiking_exp(double x) {
  const double shift = 0x1.8p52;
  x = x > 710 ? 710 : x;
  x = x < -746 ? -746 : x;
  double k = (x * 1.4426950408889634 + shift) - shift;
  double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
  double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  double a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
  double b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
  double c = (1.0 / 3628800 + r * (1.0 / 39916800))
             + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
  double p = 1 + (r + r2 * (a + (r4 * b + r8 * c)));
  double half = (k * 0.5 + shift) - shift;
  double low = half + (shift + 1023), high = (k - half) + (shift + 1023);
  uint64_t low_bits, high_bits;
  memcpy(&low_bits, &low, 8);
  memcpy(&high_bits, &high, 8);
  low_bits <<= 52;
  high_bits <<= 52;
  double low_power, high_power;
  memcpy(&low_power, &low_bits, 8);
  memcpy(&high_power, &high_bits, 8);
  return (p * low_power) * high_power;
}

#endif
