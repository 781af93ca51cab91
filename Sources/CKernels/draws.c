#include <string.h>

#include "clones.h"
#include "kernels.h"

enum { LANES = 16, WORDS = 4, TILE = LANES * WORDS };

/* Philox with 7 rounds passes all tests of TestU01's BigCrush, as it does with 10 (Salmon, Moraes, Dror
   and Shaw 2011, table 2), at two thirds of the cost. */
enum { ROUNDS = 7 };

/* Stores the words in the lower halves of the lanes, and whether each may lie below its bound.

   The upper 24 bits of a word are exact in single precision. A word below p * 2^32 has upper bits of
   at most p * 2^24, rounded up here by another millionth for the bound's own rounding. */
SPIKING_INLINE void spiking_compare(
    const uint64_t *lanes, const float *bound, uint32_t *words, uint8_t *flags) {
  const float scale = 0x1p24f * 1.000002f;
  for (int l = 0; l < LANES; l++) {
    uint32_t word = (uint32_t)lanes[l];
    words[l] = word;
    flags[l] = !((float)(int32_t)(word >> 8) > bound[l] * scale);
  }
}

/* The words of 64 neurons, in their order: lane c of word b is neuron 16 b + c of the tile.

   The words of the generator stand in the lower halves of 64-bit lanes, where a multiplication
   leaves both halves of its product: nothing is packed or unpacked between rounds. What collects in
   the upper halves does not matter. */
SPIKING_INLINE void spiking_philox_tile(
    SpikingDraw draw, uint32_t unit, const float *bound, uint32_t *words, uint8_t *flags) {
  uint64_t c0[LANES], c1[LANES], c2[LANES], c3[LANES];
  for (int l = 0; l < LANES; l++) {
    c0[l] = UINT32_MAX;
    c1[l] = unit + (uint32_t)l;
    c2[l] = draw.time[0];
    c3[l] = draw.time[1];
  }
  uint32_t k0 = draw.key[0], k1 = draw.key[1];
  for (int round = 0; round < ROUNDS; round++) {
    for (int l = 0; l < LANES; l++) {
      uint64_t a = (c0[l] & UINT32_MAX) * 0xD2511F53u;
      uint64_t b = (c2[l] & UINT32_MAX) * 0xCD9E8D57u;
      c0[l] = (b >> 32) ^ c1[l] ^ k0;
      c1[l] = b;
      c2[l] = (a >> 32) ^ c3[l] ^ k1;
      c3[l] = a;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  spiking_compare(c0, bound, words, flags);
  spiking_compare(c1, bound + LANES, words + LANES, flags + LANES);
  spiking_compare(c2, bound + 2 * LANES, words + 2 * LANES, flags + 2 * LANES);
  spiking_compare(c3, bound + 3 * LANES, words + 3 * LANES, flags + 3 * LANES);
}

/* ns a neuron with AVX-512 and with AVX2, of which one in a hundred is found: 0.6, 1.1, against 1.9 for
   the same in Swift; one in ten: 1.2, 1.7 (3.2). A number for each from GSL takes 14. */
SPIKING_CLONES
int64_t spiking_candidates(
    int64_t n, const float *bounds, SpikingDraw draw, uint32_t *positions, uint32_t *words) {
  int64_t found = 0;
  uint32_t u[TILE] __attribute__((aligned(64)));
  uint8_t flags[TILE] __attribute__((aligned(64)));
  float rest[TILE];
  for (int64_t base = 0; base < n; base += TILE) {
    const float *bound = bounds + base;
    if (n - base < TILE) {
      /* Beyond the last neuron nobody spikes. */
      for (int l = 0; l < TILE; l++) rest[l] = -1;
      memcpy(rest, bound, (size_t)(n - base) * sizeof(float));
      bound = rest;
    }
    spiking_philox_tile(draw, (draw.first + (uint32_t)base) / WORDS, bound, u, flags);
    for (int byte = 0; byte < TILE; byte += 8) {
      uint64_t eight;
      memcpy(&eight, flags + byte, 8);
      while (eight) {
        int l = byte + __builtin_ctzll(eight) / 8;
        positions[found] = (uint32_t)base + (uint32_t)l;
        words[found++] = u[l];
        eight &= eight - 1;
      }
    }
  }
  return found;
}
