#ifndef SPIKING_HDF5_SERVER_H
#define SPIKING_HDF5_SERVER_H

#include "protocol.h"

typedef struct spiking_hdf5_answer Answer;

enum {
  /* Bounds of what a library is asked for: bytes of all names of a group, dimensions. */
  SPIKING_HDF5_CHILDREN_BYTES = 64 << 20,
  SPIKING_HDF5_RANK = 32,
};

/* What the process knows, which has one thread and one file. */
struct spiking_hdf5_server {
  int socket;
  struct spiking_hdf5_limits limits;
  uint64_t file_bytes;
  /* Room for names, texts and blocks of values. */
  char object[65536], attribute[65536];
  union {
    double real;
    int64_t integer;
    char bytes[SPIKING_HDF5_BLOCK];
  } block;
};

extern struct spiking_hdf5_server spiking_hdf5_state;
#define state spiking_hdf5_state

/* How long the process may compute from now on, with this to read beside the file. */
void spiking_hdf5_limit_time(double bytes);

/* Sends an answer, and the bytes that it announces. */
void spiking_hdf5_answer(const Answer *head, const void *bytes);
void spiking_hdf5_answer_outcome(enum spiking_hdf5_outcome outcome);
void spiking_hdf5_answer_failure(const char *reason);

#endif
