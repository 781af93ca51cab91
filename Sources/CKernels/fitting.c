#include "clones.h"
#include "kernels.h"

/* The loops of fits, which go from spike to spike and along the lags of a window, a few vectors long:
   spelled out as vectors, as compilers would rather go through many windows at once. */
typedef double Lanes __attribute__((vector_size(64), aligned(8), may_alias));
typedef double HalfLanes __attribute__((vector_size(32), aligned(8), may_alias));

/* Four rows in turn: what one spike has just stored is not ready to be loaded for the next. 6.5 ns a spike
   and 24 lags, against 9.5 with one row. */
SPIKING_CLONES
void spiking_add_filters(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t first, const double *taps, int64_t width, int64_t length, double *rows, double *drive) {
  double *row[4] = {drive, rows, rows + length, rows + 2 * length};
  for (int64_t i = 0; i < 3 * length; i++) rows[i] = 0;
  for (int64_t s = 0; s < spikes; s++) {
    const double *tap = taps + (int64_t)neurons[s] * width;
    double *out = row[s % 4] + ((int64_t)bins[s] - first);
    double count = counts[s];
    for (int64_t k = 0; k < width; k += 8)
      *(Lanes *)(out + k) += count * *(const Lanes *)(tap + k);
  }
  for (int64_t i = 0; i < length; i++)
    drive[i] += rows[i] + (rows[length + i] + rows[2 * length + i]);
}

SPIKING_CLONES
void spiking_collect_lags(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t first, const double *values, int64_t width, double *sums) {
  for (int64_t s = 0; s < spikes; s++) {
    double *sum = sums + (int64_t)neurons[s] * width;
    const double *value = values + ((int64_t)bins[s] - first);
    double count = counts[s];
    for (int64_t k = 0; k < width; k += 8)
      *(Lanes *)(sum + k) += count * *(const Lanes *)(value + k);
  }
}

SPIKING_CLONES
void spiking_collect_pairs(
    int64_t own, const uint32_t *positions, int64_t spikes, const uint32_t *neurons,
    const uint32_t *bins, const uint16_t *counts, const double *weights, int64_t window,
    int64_t width, double *sums) {
  for (int64_t p = 0; p < own; p++) {
    int64_t s = positions[p];
    int64_t bin = bins[s];
    for (int64_t other = s; other < spikes; other++) {
      int64_t lag = (int64_t)bins[other] - bin;
      if (lag >= window) break;
      double count = (double)counts[s] * (double)counts[other];
      if (other == s) count *= 0.5;
      double *sum = sums + ((int64_t)neurons[other] * window + lag) * width;
      const double *weight = weights + bins[other];
      for (int64_t k = 0; k < window - lag; k += 4)
        *(HalfLanes *)(sum + k) += count * *(const HalfLanes *)(weight + k);
    }
  }
}

SPIKING_CLONES
void spiking_add_rows(
    int64_t bins, int64_t width, const uint32_t *columns, const double *factors,
    const double *weights, double *values) {
  for (int64_t bin = 0; bin < bins; bin++) {
    double sum = 0;
    for (int64_t entry = 0; entry < width; entry++) sum += factors[entry] * weights[columns[entry]];
    values[bin] += sum;
    columns += width;
    factors += width;
  }
}

SPIKING_CLONES
void spiking_collect_rows(
    int64_t bins, int64_t width, const uint32_t *columns, const double *factors,
    const double *values, double *sums) {
  for (int64_t bin = 0; bin < bins; bin++) {
    double value = values[bin];
    for (int64_t entry = 0; entry < width; entry++) sums[columns[entry]] += factors[entry] * value;
    columns += width;
    factors += width;
  }
}

SPIKING_CLONES
void spiking_half_row_products(
    int64_t bins, int64_t width, const uint32_t *columns, const double *factors,
    const double *weights, int64_t order, double *matrix) {
  for (int64_t bin = 0; bin < bins; bin++) {
    for (int64_t one = 0; one < width; one++) {
      double factor = weights[bin] * factors[one];
      if (factor == 0) continue;
      double *column = matrix + (int64_t)columns[one] * order;
      column[columns[one]] += 0.5 * factor * factors[one];
      for (int64_t other = one + 1; other < width; other++)
        column[columns[other]] += factor * factors[other];
    }
    columns += width;
    factors += width;
  }
}

SPIKING_CLONES
void spiking_collect_row_lags(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t window, int64_t first, int64_t length, const uint16_t *places, int64_t width,
    const uint32_t *columns, const double *factors, const double *weights, int64_t stride,
    int64_t lags, double *sums) {
  for (int64_t s = 0; s < spikes; s++) {
    /* Lag 0 is the bin after the spike. */
    int64_t start = (int64_t)bins[s] + 1 - first;
    double *row = sums + (int64_t)neurons[s] * lags;
    for (int64_t k = start < 0 ? -start : 0; k < window && start + k < length; k++) {
      double weight = counts[s] * weights[start + k];
      const uint32_t *column = columns + places[start + k] * width;
      const double *factor = factors + places[start + k] * width;
      for (int64_t entry = 0; entry < width; entry++)
        row[(int64_t)column[entry] * stride + k] += weight * factor[entry];
    }
  }
}

SPIKING_CLONES
void spiking_add_scaled(int64_t n, const double *x, double scale, double *y) {
  for (int64_t i = 0; i < n; i++) y[i] += scale * x[i];
}

/* Eight partial sums, added in one order, for the same bits from every instruction set. */
SPIKING_CLONES
double spiking_dot(int64_t n, const double *x, const double *y) {
  double sums[8] = {0};
  int64_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (int64_t lane = 0; lane < 8; lane++) sums[lane] += x[i + lane] * y[i + lane];
  for (; i < n; i++) sums[i % 8] += x[i] * y[i];
  double sum = 0;
  for (int64_t lane = 0; lane < 8; lane++) sum += sums[lane];
  return sum;
}

SPIKING_CLONES
double spiking_sum(int64_t n, const double *x) {
  double sums[8] = {0};
  int64_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (int64_t lane = 0; lane < 8; lane++) sums[lane] += x[i + lane];
  for (; i < n; i++) sums[i % 8] += x[i];
  double sum = 0;
  for (int64_t lane = 0; lane < 8; lane++) sum += sums[lane];
  return sum;
}
