#include "clones.h"
#include "kernels.h"

SPIKING_CLONES
void spiking_filter_exponential(
    int64_t n, const float *restrict arrived, float *restrict expired, double *restrict filtered,
    double decay, double tail, double gain, double *restrict own, double baseline,
    double *restrict drive) {
  for (int64_t i = 0; i < n; i++) {
    double g = decay * filtered[i] + ((double)arrived[i] - tail * (double)expired[i]);
    filtered[i] = g;
    drive[i] = gain * g + own[i];
    expired[i] = 0;
    own[i] = baseline;
  }
}

SPIKING_CLONES
void spiking_add_tap(
    int64_t n, const float *restrict arrived, double gain, double *restrict drive) {
  for (int64_t i = 0; i < n; i++) drive[i] += gain * (double)arrived[i];
}

SPIKING_CLONES
void spiking_add_row(int64_t n, const float *restrict row, float count, float *restrict sums) {
  for (int64_t i = 0; i < n; i++) sums[i] += count * row[i];
}

void spiking_add_synapses(
    int64_t synapses, const uint32_t *restrict targets, const float *restrict weights, float count,
    uint32_t first, float *restrict sums) {
  for (int64_t k = 0; k < synapses; k++) sums[targets[k] - first] += count * weights[k];
}
