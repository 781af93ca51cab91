#ifndef SPIKING_HDF5_MATLAB_H
#define SPIKING_HDF5_MATLAB_H

#include "../CMatio/shim.h"

#include "server.h"

/* The number of variables of a file of this size, or -1 where it does not end with one of them. */
int64_t spiking_hdf5_count_variables(int file, uint64_t size);

/* The part of a value that a path leads to. */
enum spiking_hdf5_part {
  SPIKING_HDF5_WHOLE,
  /* One element of a structure array. */
  SPIKING_HDF5_ELEMENT,
  /* The arrays of a sparse matrix. */
  SPIKING_HDF5_ROWS,
  SPIKING_HDF5_COLUMNS,
  SPIKING_HDF5_VALUES,
};

struct spiking_hdf5_place {
  /* Null stands for an array without elements. */
  matvar_t *value;
  enum spiking_hdf5_part part;
  size_t element;
};

/* What stands at a path; 0 where nothing does. */
int spiking_hdf5_find(const char *path, struct spiking_hdf5_place *place);
/* The number of elements of a value; 0 of one whose dimensions make no sense. */
size_t spiking_hdf5_count(const matvar_t *value);
/* Reads the values, where that was not done. Returns 0, or -1 where they cannot be read. */
int spiking_hdf5_load(matvar_t *value);
/* Sends what stands at a place: its kind and dimensions, or its numbers. */
void spiking_hdf5_answer_shape(const struct spiking_hdf5_place *place);
void spiking_hdf5_answer_numbers(const struct spiking_hdf5_place *place, int is_real);

/* The file, and its variables. */
struct spiking_hdf5_matlab {
  mat_t *file;
  matvar_t **variables;
  size_t count;
  /* What matio said last. */
  char message[200];
};

extern struct spiking_hdf5_matlab spiking_hdf5_matlab_state;
#define matlab spiking_hdf5_matlab_state

#endif
