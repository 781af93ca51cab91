#ifndef SPIKING_READER_MATLAB_TREE_H
#define SPIKING_READER_MATLAB_TREE_H

#include "../CMatio/shim.h"

#include "server.h"

/* The number of variables of a file of this size, or -1 where it does not end with one of them. */
int64_t spiking_reader_count_variables(int file, uint64_t size);

/* The part of a value that a path leads to. */
enum spiking_reader_part {
  SPIKING_READER_WHOLE,
  /* One element of a structure array. */
  SPIKING_READER_ELEMENT,
  /* The arrays of a sparse matrix. */
  SPIKING_READER_ROWS,
  SPIKING_READER_COLUMNS,
  SPIKING_READER_VALUES,
};

struct spiking_reader_place {
  /* Null stands for an array without elements. */
  matvar_t *value;
  enum spiking_reader_part part;
  size_t element;
};

/* What stands at a path; 0 where nothing does. */
int spiking_reader_find(const char *path, struct spiking_reader_place *place);
/* The number of elements of a value; 0 of one whose dimensions make no sense. */
size_t spiking_reader_count(const matvar_t *value);
/* Reads the values, where that was not done. Returns 0, or -1 where they cannot be read. */
int spiking_reader_load(matvar_t *value);
/* Sends what stands at a place: its kind and dimensions, or its numbers. */
void spiking_reader_answer_shape(const struct spiking_reader_place *place);
void spiking_reader_answer_numbers(const struct spiking_reader_place *place, int is_real);

/* The file, and its variables. */
struct spiking_reader_matlab {
  mat_t *file;
  matvar_t **variables;
  size_t count;
  /* What matio said last. */
  char message[200];
};

extern struct spiking_reader_matlab spiking_reader_matlab_state;
#define matlab spiking_reader_matlab_state

#endif
