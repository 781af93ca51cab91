/* The parts of the GNU Scientific Library and of LAPACK that SpikingNumerics uses. */
#ifndef SPIKING_CGSL_H
#define SPIKING_CGSL_H

#include <stddef.h>

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

/* The name under which GSL knows the counter-based streams. */
static inline const char *spiking_gsl_stream_name(void) { return "philox4x32-10"; }

/* LAPACK, of which OpenBLAS is one implementation. Fortran passes the lengths of strings last. */
void dgeev_(
    const char *jobvl, const char *jobvr, const int *n, double *a, const int *lda, double *wr,
    double *wi, double *vl, const int *ldvl, double *vr, const int *ldvr, double *work,
    const int *lwork, int *info, size_t jobvl_length, size_t jobvr_length);

/* The eigenvalues of a matrix, which is overwritten. Returns LAPACK's info: 0 on success. */
static inline int spiking_eigenvalues(
    int order, double *matrix, double *real, double *imaginary, double *work, int work_count) {
  int info = 0, one = 1;
  double none = 0;
  dgeev_("N", "N", &order, matrix, &order, real, imaginary, &none, &one, &none, &one, work,
         &work_count, &info, 1, 1);
  return info;
}

/* QR factorization: reflections, and the orthogonal factor from them. */
void dgeqrf_(
    const int *m, const int *n, double *a, const int *lda, double *tau, double *work,
    const int *lwork, int *info);
void dorgqr_(
    const int *m, const int *n, const int *k, double *a, const int *lda, const double *tau,
    double *work, const int *lwork, int *info);

/* The thin orthogonal factor of a tall matrix, in its place, and the diagonal of the triangular one;
   `scales` holds `columns` numbers meanwhile. Returns LAPACK's info: 0 on success. */
static inline int spiking_qr(
    int rows, int columns, double *matrix, double *diagonal, double *scales, double *work,
    int work_count) {
  int info = 0;
  dgeqrf_(&rows, &columns, matrix, &rows, scales, work, &work_count, &info);
  if (info != 0) return info;
  for (int column = 0; column < columns; column++)
    diagonal[column] = matrix[(size_t)column * (size_t)rows + (size_t)column];
  dorgqr_(&rows, &columns, &columns, matrix, &rows, scales, work, &work_count, &info);
  return info;
}

#endif
