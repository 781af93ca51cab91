#ifndef SPIKING_HDF5_SERVER_H
#define SPIKING_HDF5_SERVER_H

#include "../CHDF5/shim.h"

#include "protocol.h"

typedef struct spiking_hdf5_answer Answer;

/* What the process knows, which has one thread and one file. */
struct spiking_hdf5_server {
  int socket;
  struct spiking_hdf5_limits limits;
  hid_t file;
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
void spiking_hdf5_answer_failure(const char *reason);
/* Why the last call failed, in HDF5's words. */
void spiking_hdf5_answer_error(void);
/* That nothing can be found at a path, or that it leads to another file. */
void spiking_hdf5_answer_absent(const char *object);

/* What a dataset is, and its values. */
void spiking_hdf5_answer_dataset(const char *object);
void spiking_hdf5_answer_values(const char *object, int is_real);
void spiking_hdf5_answer_texts(const char *object);

/* A dataset whose values all are in the file. */
enum { SPIKING_HDF5_RANK = 32 };
struct dataset {
  hid_t dataset, space;
  int rank;
  hsize_t lengths[SPIKING_HDF5_RANK];
  Answer head;
};

/* Opens a dataset and returns 0, or answers why not. */
int spiking_hdf5_open_dataset(const char *object, struct dataset *result);
void spiking_hdf5_close_dataset(struct dataset *data);

#endif
