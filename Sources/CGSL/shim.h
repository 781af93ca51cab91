/* The parts of the GNU Scientific Library that SpikingNumerics uses. */
#ifndef SPIKING_CGSL_H
#define SPIKING_CGSL_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>

/* GSL's algorithms are global variables, which Swift 6 takes for shared mutable state. */
static inline const gsl_min_fminimizer_type *spiking_gsl_brent_minimum(void) {
  return gsl_min_fminimizer_brent;
}

static inline const gsl_root_fsolver_type *spiking_gsl_brent_root(void) {
  return gsl_root_fsolver_brent;
}

static inline const gsl_multimin_fminimizer_type *spiking_gsl_simplex(void) {
  return gsl_multimin_fminimizer_nmsimplex2;
}

static inline const gsl_multimin_fdfminimizer_type *spiking_gsl_bfgs(void) {
  return gsl_multimin_fdfminimizer_vector_bfgs2;
}

static inline const gsl_multimin_fdfminimizer_type *spiking_gsl_conjugate_gradient(void) {
  return gsl_multimin_fdfminimizer_conjugate_pr;
}

static inline const gsl_multimin_fdfminimizer_type *spiking_gsl_steepest_descent(void) {
  return gsl_multimin_fdfminimizer_steepest_descent;
}

/* The name under which GSL knows the counter-based streams. */
static inline const char *spiking_gsl_stream_name(void) { return "philox4x32-10"; }

#endif
