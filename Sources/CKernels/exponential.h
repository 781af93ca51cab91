/* exp and expm1 for loops that the compiler turns into vector code: no calls, no branches,
   no tables. */
#ifndef SPIKING_EXPONENTIAL_H
#define SPIKING_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

#include "clones.h"

/* exp(r) - 1 - r for |r| <= ln 2 / 2, as r^2 times a polynomial: the one of degree 9 with the smallest
   largest error (by Remez' exchange), 4.6e-18 of exp(r). */
SPIKING_INLINE double spiking_exp_tail(double r) {
  double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  double a = 0x1.000000000000ap-1 + r * 0x1.5555555555503p-3;
  double b = 0x1.5555555550605p-5 + r * 0x1.1111111124d26p-7;
  double c = 0x1.6c16c184b46fap-10 + r * 0x1.a01a013d892e1p-13;
  double d = 0x1.a0199898dab8cp-16 + r * 0x1.71def2382120cp-19;
  double e = 0x1.28aec6312887dp-22 + r * 0x1.adddd6e685bccp-26;
  return r2 * ((a + r2 * b) + (r4 * (c + r2 * d) + r8 * e));
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
   factors so that k may leave the range of normal exponents. Far above, where k stays at 1025 and r
   grows, every term is positive and the result is infinite all the same. Adding 1.5 * 2^52 rounds to
   an integer. */
SPIKING_INLINE double spiking_exp(double x) {
  const double shift = 0x1.8p52;
  x = x < -746 ? -746 : x;
  double k = (x * 1.4426950408889634 + shift) - shift;
  k = k > 1025 ? 1025 : k;
  double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
  double p = 1 + (r + spiking_exp_tail(r));
  double half = (k * 0.5 + shift) - shift;
  return (p * spiking_power_of_two(half)) * spiking_power_of_two(k - half);
}

/* exp(x) - 1 within 1.2 units in the last place; x itself where it is 0 or tiny.

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
