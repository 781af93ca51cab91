/* The innermost loops, compiled for several instruction sets and chosen when the program starts.
   Every one has a plain Swift counterpart in the tests that it is compared with. Floating-point
   contraction is off: all instruction sets, and all machines, give the same bits. */
#ifndef SPIKING_KERNELS_H
#define SPIKING_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Passes the arrivals of one bin through a truncated exponential filter and forms the drives:
     filtered[i] = decay * filtered[i] + arrived[i] - tail * expired[i]
     drive[i] = gain * filtered[i] + baseline
   and resets expired[i] to 0, for the bin that reuses it. */
void spiking_filter_exponential(
    int64_t n, const float *arrived, float *expired, double *filtered, double decay, double tail,
    double gain, double baseline, double *drive);

/* One of several exponential filters that are added up; expired stays as it is:
     filtered[i] = decay * filtered[i] + arrived[i] - tail * expired[i]
     drive[i] += gain * filtered[i] */
void spiking_add_exponential(
    int64_t n, const float *arrived, const float *expired, double *filtered, double decay,
    double tail, double gain, double *drive);

/* The same for the filter k decay^k without end, whose sum is ramped[i], beside that of decay^k:
     ramped[i] = decay * (ramped[i] + filtered[i])
     filtered[i] = decay * filtered[i] + arrived[i]
     drive[i] += gain * ramped[i] */
void spiking_add_ramped(
    int64_t n, const float *arrived, double *filtered, double *ramped, double decay, double gain,
    double *drive);

/* drive[i] += gain * arrived[i], one tap of a filter. */
void spiking_add_tap(int64_t n, const float *arrived, double gain, double *drive);

/* sums[i] += count * row[i], a spike through a dense row. */
void spiking_add_row(int64_t n, const float *row, float count, float *sums);

/* For every spike s of a bin, through the sparse row of its neuron, whose targets are all different:
     sums[targets[k] - first] += counts[s] * weights[k], starts[sources[s]] <= k < stops[sources[s]]
   Narrow for networks of up to 65 536 neurons. */
void spiking_scatter_narrow(
    int64_t spikes, const uint32_t *sources, const uint16_t *counts, const ptrdiff_t *starts,
    const ptrdiff_t *stops, const uint16_t *targets, const float *weights, uint32_t first,
    float *sums);
void spiking_scatter_wide(
    int64_t spikes, const uint32_t *sources, const uint16_t *counts, const ptrdiff_t *starts,
    const ptrdiff_t *stops, const uint32_t *targets, const float *weights, uint32_t first,
    float *sums);

/* The same where synapse k acts delays[k] - 1 bins later: on a ring of rows, each of `width` sums, that
   of the present bin is number `row`. */
typedef struct {
  float *sums;
  int64_t width, rows, row;
} SpikingRing;
void spiking_scatter_delayed_narrow(
    int64_t spikes, const uint32_t *sources, const uint16_t *counts, const ptrdiff_t *starts,
    const ptrdiff_t *stops, const uint16_t *targets, const float *weights, const uint16_t *delays,
    uint32_t first, SpikingRing ring);
void spiking_scatter_delayed_wide(
    int64_t spikes, const uint32_t *sources, const uint16_t *counts, const ptrdiff_t *starts,
    const ptrdiff_t *stops, const uint32_t *targets, const float *weights, const uint16_t *delays,
    uint32_t first, SpikingRing ring);

/* y[i] = scale * exp(gain * x[i]). */
void spiking_exponential(int64_t n, const double *x, double gain, double scale, double *y);

/* y[i] = scale / (1 + exp(-gain * (x[i] - threshold))). */
void spiking_logistic(
    int64_t n, const double *x, double threshold, double gain, double scale, double *y);

/* y[i] = exp(x[i]) - 1. */
void spiking_expm1s(int64_t n, const double *x, double *y);

/* y[i] = ln x[i]. */
void spiking_logarithms(int64_t n, const double *x, double *y);

/* y[i] = ln(1 + x[i]). */
void spiking_log1ps(int64_t n, const double *x, double *y);

/* y[i] = scale * ln(1 + exp(gain * (x[i] - threshold))). */
void spiking_softpluses(
    int64_t n, const double *x, double threshold, double gain, double scale, double *y);

/* Upper bounds y[i] of scale * exp(gain * x[i]), at most 6.3% too large where the exponential is
   above 1.2e-38, the least normal number, which bounds it below. NaN for a NaN. */
void spiking_exponential_bounds(
    int64_t n, const double *x, double gain, float scale, float *y);

/* Upper bounds y[i] of scale / (1 + exp(-gain * (x[i] - threshold))), as close. */
void spiking_logistic_bounds(
    int64_t n, const double *x, double threshold, double gain, float scale, float *y);

/* Upper bounds y[i] of scale * ln(1 + exp(gain * (x[i] - threshold))), as close. */
void spiking_softplus_bounds(
    int64_t n, const double *x, double threshold, double gain, float scale, float *y);

/* What is drawn for in one bin: the words of Philox4x32-7 that belong to each neuron. */
typedef struct {
  uint32_t key[2];
  uint32_t time[2];
  /* The first neuron, a multiple of 64. */
  uint32_t first;
} SpikingDraw;

/* Finds the neurons whose uniform 32-bit word u may satisfy u < p * 2^32, where bounds[i] >= p to
   within a millionth, or is NaN. Writes their positions and words; returns how many.

   Neuron 64 a + 16 b + c (b < 4, c < 16) owns word b of the block with counter
   (2^32 - 1, 16 a + c, time). */
int64_t spiking_candidates(
    int64_t n, const float *bounds, SpikingDraw draw, uint32_t *positions, uint32_t *words);

/* What follows is for fits. `width`, the length of a row of lags, is a multiple of 8; a spike of bin t
   has lag k = 0 in bin t + 1. Places are counted from bin `first` + 1.

   Adds the filter of its neuron after each spike:
     drive[bins[s] - first + k] += counts[s] * taps[neurons[s] * width + k]
   rows are three times the `length` places of drive, to be written over. */
void spiking_add_filters(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t first, const double *taps, int64_t width, int64_t length, double *rows, double *drive);

/* Adds up what follows the spikes of each neuron, the transpose of the former:
     sums[neurons[s] * width + k] += counts[s] * values[bins[s] - first + k] */
void spiking_collect_lags(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t first, const double *values, int64_t width, double *sums);

/* The same of values that are 0 but in the bins of some spikes, whose positions in the list are given. Places are counted
   from bin `first`.
     sums[neurons[s] * width + k] += counts[s] * values[bin - first] for bin - bins[s] = k + 1 <= window */
void spiking_collect_lags_before(
    int64_t own, const uint32_t *positions, const uint32_t *neurons, const uint32_t *bins,
    const uint16_t *counts, int64_t first, const double *values, int64_t window, int64_t width,
    double *sums);

/* For every spike s of one neuron, whose positions in the list are given, and every spike o of the list
   that follows it by lag < window bins, or is behind it in the same bin:
     sums[(neurons[o] * window + lag) * width + k] += counts[s] * counts[o] * weights[bins[o] + k]
   for k < window - lag; half of it where o is s itself. Up to three more k are touched. */
void spiking_collect_pairs(
    int64_t own, const uint32_t *positions, int64_t spikes, const uint32_t *neurons,
    const uint32_t *bins, const uint16_t *counts, const double *weights, int64_t window,
    int64_t width, double *sums);

/* Rows of a matrix of which most entries are 0: each has `width` entries, at least one, the rows of a group in the same
   columns. Behind the factors of the last row there are seven more numbers, which are finite. */
typedef struct {
  int64_t groups;
  int64_t width;
  /* The first row of each group, then the number of rows. */
  const uint32_t *starts;
  /* Those of each group. */
  const uint32_t *columns;
  /* Those of each row. */
  const double *factors;
} SpikingRows;

/* products[row] = Σ factor * weights[column]. There is space for a row, up to whole vectors, in `local`. */
void spiking_row_products(SpikingRows rows, const double *weights, double *local, double *products);

/* The transpose: sums[column] += factor * values[row]. */
void spiking_collect_rows(SpikingRows rows, const double *values, double *local, double *sums);

/* matrix[one, other] += weights[row] * factor of one * factor of other, for a square matrix of `order`: each pair of
   entries of a row once, an entry with itself half. The products are the sum of the matrix and its transpose. There is
   space for `width` rows in `local`. */
void spiking_half_row_products(
    SpikingRows rows, const double *weights, double *local, int64_t order, double *matrix);

/* For every spike, and each lag k < window whose bin lies in the block of `length` bins from `first` on:
     sums[column * stride + neurons[s] * lags + k] += counts[s] * weights[bin] * factor
   with the entries of row places[bin], which is of group groups[places[bin]]. */
void spiking_collect_row_lags(
    int64_t spikes, const uint32_t *neurons, const uint32_t *bins, const uint16_t *counts,
    int64_t window, int64_t first, int64_t length, SpikingRows rows, const uint16_t *places,
    const uint16_t *groups, const double *weights, int64_t stride, int64_t lags, double *sums);

/* y[i] += scale * x[i]. */
void spiking_add_scaled(int64_t n, const double *x, double scale, double *y);

/* The sum of x[i], in an order that does not depend on the instruction set. */
double spiking_sum(int64_t n, const double *x);

/* The sum of x[i] * y[i], in an order that does not depend on the instruction set. */
double spiking_dot(int64_t n, const double *x, const double *y);

#endif
