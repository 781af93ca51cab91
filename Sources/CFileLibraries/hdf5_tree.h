#ifndef SPIKING_READER_HDF5_TREE_H
#define SPIKING_READER_HDF5_TREE_H

#include "../CHDF5/shim.h"

#include "server.h"

/* The file, and what the path of a question starts from: the file, or what a reference leads to. */
struct spiking_reader_tree {
  hid_t file, origin;
};

extern struct spiking_reader_tree spiking_reader_tree_state;
#define hdf5 spiking_reader_tree_state

/* Why the last call failed, in HDF5's words. */
void spiking_reader_answer_error(void);
/* That nothing can be found at a path, or that it leads to another file. */
void spiking_reader_answer_absent(const char *object);

/* What a dataset is, and its values. */
void spiking_reader_answer_dataset(const char *object);
void spiking_reader_answer_values(const char *object, int is_real);
void spiking_reader_answer_texts(const char *object);

/* A dataset whose values all are in the file. */
struct dataset {
  hid_t dataset, space;
  int rank;
  hsize_t lengths[SPIKING_READER_RANK];
  Answer head;
};

/* Opens a dataset and returns 0, or answers why not. */
int spiking_reader_open_dataset(const char *object, struct dataset *result);
void spiking_reader_close_dataset(struct dataset *data);

#endif
