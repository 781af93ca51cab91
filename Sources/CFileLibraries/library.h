#ifndef SPIKING_READER_LIBRARY_H
#define SPIKING_READER_LIBRARY_H

#include "protocol.h"

/* A library that reads files, as the process calls it. Each call sends its answers. */
struct spiking_reader_functions {
  /* Opens the file, after which the process can open no other one; ends the process where it
     cannot. */
  void (*open)(const char *path);
  /* Answers a question about what is in the state. */
  void (*answer)(uint32_t question);
};

extern const struct spiking_reader_functions spiking_reader_hdf5;
extern const struct spiking_reader_functions spiking_reader_matio;

#endif
