#include "exponential.h"
#include "kernels.h"

#pragma STDC FP_CONTRACT OFF

enum { LANES = 16, WORDS = 4, TILE = LANES * WORDS };

/* The words of 64 neurons, in their order: lane c of word b is neuron 16 b + c of the tile. */
SPIKING_INLINE void spiking_philox_tile(SpikingDraw draw, uint32_t unit, uint32_t *words) {
  uint32_t c0[LANES], c1[LANES], c2[LANES], c3[LANES];
  for (int l = 0; l < LANES; l++) {
    c0[l] = UINT32_MAX;
    c1[l] = unit + (uint32_t)l;
    c2[l] = draw.time[0];
    c3[l] = draw.time[1];
  }
  uint32_t k0 = draw.key[0], k1 = draw.key[1];
  for (int round = 0; round < 10; round++) {
    for (int l = 0; l < LANES; l++) {
      uint64_t a = (uint64_t)c0[l] * 0xD2511F53u;
      uint64_t b = (uint64_t)c2[l] * 0xCD9E8D57u;
      c0[l] = (uint32_t)(b >> 32) ^ c1[l] ^ k0;
      c1[l] = (uint32_t)b;
      c2[l] = (uint32_t)(a >> 32) ^ c3[l] ^ k1;
      c3[l] = (uint32_t)a;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  for (int l = 0; l < LANES; l++) {
    words[l] = c0[l];
    words[LANES + l] = c1[l];
    words[2 * LANES + l] = c2[l];
    words[3 * LANES + l] = c3[l];
  }
}

/* Adds the neurons of one tile that pass u < p * 2^32; few do, so eight flags are looked at at once. */
SPIKING_INLINE int64_t spiking_collect(
    const double *p, int64_t n, const uint32_t *u, uint32_t base, uint32_t *positions,
    uint32_t *words) {
  uint8_t flags[TILE] __attribute__((aligned(64)));
  if (n == TILE) {
    for (int l = 0; l < TILE; l++) flags[l] = !((double)u[l] >= p[l] * 0x1p32);
  } else {
    for (int l = 0; l < TILE; l++) flags[l] = 0;
    for (int l = 0; l < n; l++) flags[l] = !((double)u[l] >= p[l] * 0x1p32);
  }
  int64_t found = 0;
  for (int byte = 0; byte < TILE; byte += 8) {
    uint64_t eight;
    memcpy(&eight, flags + byte, 8);
    while (eight) {
      int l = byte + __builtin_ctzll(eight) / 8;
      positions[found] = base + (uint32_t)l;
      words[found++] = u[l];
      eight &= eight - 1;
    }
  }
  return found;
}

/* 0.4 ns a neuron with AVX-512; drawing one at a time in Swift takes 10. */
SPIKING_CLONES
int64_t spiking_candidates_bernoulli(
    int64_t n, const double *probabilities, SpikingDraw draw, uint32_t *positions,
    uint32_t *words) {
  int64_t found = 0;
  uint32_t u[TILE] __attribute__((aligned(64)));
  for (int64_t base = 0; base < n; base += TILE) {
    int64_t count = n - base < TILE ? n - base : TILE;
    spiking_philox_tile(draw, (draw.first + (uint32_t)base) / WORDS, u);
    found += spiking_collect(
        probabilities + base, count, u, (uint32_t)base, positions + found, words + found);
  }
  return found;
}

/* 1 - exp(-m) loses its digits where m is small; m - m^2 / 2 + m^3 / 6 is exact to 1e-17 below 1e-5. */
SPIKING_CLONES
int64_t spiking_candidates_poisson(
    int64_t n, const double *means, SpikingDraw draw, uint32_t *positions, uint32_t *words) {
  int64_t found = 0;
  uint32_t u[TILE] __attribute__((aligned(64)));
  double p[TILE] __attribute__((aligned(64)));
  for (int64_t base = 0; base < n; base += TILE) {
    int64_t count = n - base < TILE ? n - base : TILE;
    for (int64_t l = 0; l < count; l++) {
      double m = means[base + l];
      double small = m * (1 - m * (0.5 - m * (1.0 / 6)));
      p[l] = m < 1e-5 ? small : 1 - spiking_exp(-m);
    }
    spiking_philox_tile(draw, (draw.first + (uint32_t)base) / WORDS, u);
    found += spiking_collect(p, count, u, (uint32_t)base, positions + found, words + found);
  }
  return found;
}
