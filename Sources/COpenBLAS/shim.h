/* The parts of OpenBLAS and of its LAPACK that SpikingNumerics uses. They are declared here: OpenBLAS's
   headers stand elsewhere on each system. Fortran passes the lengths of strings last. */
#ifndef SPIKING_COPENBLAS_H
#define SPIKING_COPENBLAS_H

#include <stddef.h>

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

/* Matrices below are symmetric, in columns, and of them the lower triangle is used. */
void openblas_set_num_threads(int count);
void dpotrf_(
    const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
void dpstrf_(
    const char *uplo, const int *n, double *a, const int *lda, int *pivots, int *rank,
    const double *tolerance, double *work, int *info, size_t uplo_length);
void dpotri_(
    const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
void dtrsv_(
    const char *uplo, const char *trans, const char *diag, const int *n, const double *a,
    const int *lda, double *x, const int *incx, size_t uplo_length, size_t trans_length,
    size_t diag_length);
void dsymm_(
    const char *side, const char *uplo, const int *m, const int *n, const double *alpha,
    const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c,
    const int *ldc, size_t side_length, size_t uplo_length);

/* Replaces a positive definite matrix by its factor L, L L' = A. Returns 0 on success. */
static inline int spiking_cholesky(int order, double *matrix) {
  int info = 0;
  dpotrf_("L", &order, matrix, &order, &info, 1);
  return info;
}

/* The rank of a positive semidefinite matrix, which is overwritten, and an order of its columns (from 1)
   in which those that the others span come last. work has 2 * order elements. */
static inline int spiking_rank(
    int order, double *matrix, double tolerance, int *pivots, double *work) {
  int info = 0, rank = order;
  dpstrf_("L", &order, matrix, &order, pivots, &rank, &tolerance, work, &info, 1);
  return rank;
}

/* The inverse of L L', in place of L. Returns 0 on success. */
static inline int spiking_invert_factored(int order, double *factor) {
  int info = 0;
  dpotri_("L", &order, factor, &order, &info, 1);
  return info;
}

/* x = L^-1 x, or L^-T x. */
static inline void spiking_solve_triangle(
    int order, const double *factor, int transposed, double *x) {
  int one = 1;
  dtrsv_("L", transposed ? "T" : "N", "N", &order, factor, &order, x, &one, 1, 1, 1);
}

/* C = A B with A symmetric, of its lower triangle. */
static inline void spiking_multiply_symmetric(
    int order, const double *symmetric, const double *other, double *result) {
  double one = 1, zero = 0;
  dsymm_("L", "L", &order, &order, &one, symmetric, &order, other, &order, &zero, result, &order, 1,
         1);
}

/* A = A + X' X of its lower triangle, X in columns of `length` numbers. */
void dsyrk_(
    const char *uplo, const char *trans, const int *n, const int *k, const double *alpha,
    const double *a, const int *lda, const double *beta, double *c, const int *ldc,
    size_t uplo_length, size_t trans_length);

static inline void spiking_add_products(
    int order, int length, const double *columns, double *matrix) {
  double one = 1;
  dsyrk_("L", "T", &order, &length, &one, columns, &length, &one, matrix, &order, 1, 1);
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
