/* The part of the GNU Scientific Library that SpikingNumerics uses. */
#ifndef SPIKING_CGSL_H
#define SPIKING_CGSL_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf.h>

/* GSL's algorithms are global variables, which Swift 6 takes for shared mutable state. */
static inline const gsl_min_fminimizer_type *spiking_gsl_brent_minimum(void) {
  return gsl_min_fminimizer_brent;
}

/* The name under which GSL knows the counter-based streams. */
static inline const char *spiking_gsl_stream_name(void) { return "philox4x32-10"; }

#endif
