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
void spiking_collect_lags_before(
    int64_t own, const uint32_t *positions, const uint32_t *neurons, const uint32_t *bins,
    const uint16_t *counts, int64_t first, const double *values, int64_t window, int64_t width,
    double *sums) {
  for (int64_t p = 0; p < own; p++) {
    int64_t bin = bins[positions[p]];
    double value = values[bin - first];
    for (int64_t s = (int64_t)positions[p] - 1; s >= 0 && bin - bins[s] <= window; s--)
      if (bins[s] < bin) sums[neurons[s] * width + (bin - bins[s] - 1)] += counts[s] * value;
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

/* Rows of sparse matrices are gone through group by group, as all of a group meet the same columns: these are gathered
   once, and rows are whole vectors. The last vector of a row reaches into the next one, where it is multiplied by 0 or
   left out. */

SPIKING_CLONES
void spiking_row_products(SpikingRows rows, const double *weights, double *local, double *products) {
  int64_t length = (rows.width + 7) / 8 * 8;
  for (int64_t k = rows.width; k < length; k++) local[k] = 0;
  for (int64_t group = 0; group < rows.groups; group++) {
    const uint32_t *columns = rows.columns + group * rows.width;
    for (int64_t k = 0; k < rows.width; k++) local[k] = weights[columns[k]];
    for (int64_t row = rows.starts[group]; row < rows.starts[group + 1]; row++) {
      const double *factors = rows.factors + row * rows.width;
      Lanes sum = *(const Lanes *)factors * *(const Lanes *)local;
      for (int64_t k = 8; k < length; k += 8)
        sum += *(const Lanes *)(factors + k) * *(const Lanes *)(local + k);
      HalfLanes half = __builtin_shufflevector(sum, sum, 0, 1, 2, 3) +
                       __builtin_shufflevector(sum, sum, 4, 5, 6, 7);
      products[row] = (half[0] + half[2]) + (half[1] + half[3]);
    }
  }
}

/* Four rows of a group, for one load and store of a sum; behind its last row the same one again, times 0. */
typedef struct {
  const double *factors[4];
  double scales[4];
} FourRows;

SPIKING_INLINE FourRows four_rows(SpikingRows rows, const double *scales, int64_t row, int64_t end) {
  FourRows four;
  for (int64_t i = 0; i < 4; i++) {
    int64_t own = row + i < end ? row + i : row;
    four.factors[i] = rows.factors + own * rows.width;
    four.scales[i] = row + i < end ? scales[own] : 0;
  }
  return four;
}

/* sums[k] += Σ scale * factor of column k, for eight columns. */
SPIKING_INLINE void add_four_rows(const FourRows *four, const double *scales, int64_t k, double *sums) {
  *(Lanes *)(sums + k) += (scales[0] * *(const Lanes *)(four->factors[0] + k) +
                           scales[1] * *(const Lanes *)(four->factors[1] + k)) +
                          (scales[2] * *(const Lanes *)(four->factors[2] + k) +
                           scales[3] * *(const Lanes *)(four->factors[3] + k));
}

SPIKING_CLONES
void spiking_collect_rows(SpikingRows rows, const double *values, double *local, double *sums) {
  int64_t width = rows.width, length = (width + 7) / 8 * 8;
  for (int64_t group = 0; group < rows.groups; group++) {
    for (int64_t k = 0; k < length; k++) local[k] = 0;
    int64_t end = rows.starts[group + 1];
    for (int64_t row = rows.starts[group]; row < end; row += 4) {
      FourRows four = four_rows(rows, values, row, end);
      for (int64_t k = 0; k < length; k += 8) add_four_rows(&four, four.scales, k, local);
    }
    const uint32_t *columns = rows.columns + group * width;
    for (int64_t k = 0; k < width; k++) sums[columns[k]] += local[k];
  }
}

SPIKING_CLONES
void spiking_half_row_products(
    SpikingRows rows, const double *weights, double *local, int64_t order, double *matrix) {
  int64_t width = rows.width, length = (width + 7) / 8 * 8;
  for (int64_t group = 0; group < rows.groups; group++) {
    for (int64_t k = 0; k < width * length; k++) local[k] = 0;
    int64_t end = rows.starts[group + 1];
    for (int64_t row = rows.starts[group]; row < end; row += 4) {
      FourRows four = four_rows(rows, weights, row, end);
      for (int64_t one = 0; one < width; one++) {
        double scales[4];
        for (int64_t i = 0; i < 4; i++) scales[i] = four.scales[i] * four.factors[i][one];
        for (int64_t k = one / 8 * 8; k < length; k += 8)
          add_four_rows(&four, scales, k, local + one * length);
      }
    }
    const uint32_t *columns = rows.columns + group * width;
    for (int64_t one = 0; one < width; one++) {
      double *column = matrix + (int64_t)columns[one] * order;
      const double *sums = local + one * length;
      column[columns[one]] += 0.5 * sums[one];
      for (int64_t other = one + 1; other < width; other++) column[columns[other]] += sums[other];
    }
  }
}

SPIKING_CLONES
void spiking_collect_row_lags(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t window, int64_t first, int64_t length, SpikingRows rows, const uint16_t *places,
    const uint16_t *groups, const double *weights, int64_t stride, int64_t lags, double *sums) {
  for (int64_t s = 0; s < spikes; s++) {
    /* Lag 0 is the bin after the spike. */
    int64_t start = (int64_t)bins[s] + 1 - first;
    double *own = sums + (int64_t)neurons[s] * lags;
    for (int64_t k = start < 0 ? -start : 0; k < window && start + k < length; k++) {
      double weight = counts[s] * weights[start + k];
      int64_t row = places[start + k];
      const uint32_t *columns = rows.columns + groups[row] * rows.width;
      const double *factors = rows.factors + row * rows.width;
      for (int64_t entry = 0; entry < rows.width; entry++)
        own[(int64_t)columns[entry] * stride + k] += weight * factors[entry];
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
