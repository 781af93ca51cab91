#ifndef SPIKING_READER_SERVER_H
#define SPIKING_READER_SERVER_H

#include "protocol.h"

typedef struct spiking_reader_answer Answer;

enum {
  /* Bounds of what a library is asked for: bytes of all names of a group, dimensions. */
  SPIKING_READER_CHILDREN_BYTES = 64 << 20,
  SPIKING_READER_RANK = 32,
};

/* What the process knows, which has one thread and one file. */
struct spiking_reader_server {
  int socket;
  struct spiking_reader_limits limits;
  uint64_t file_bytes;
  /* Room for names, texts and blocks of values. */
  char object[65536], attribute[65536];
  union {
    double real;
    int64_t integer;
    char bytes[SPIKING_READER_BLOCK];
  } block;
};

extern struct spiking_reader_server spiking_reader_state;
#define state spiking_reader_state

/* How long the process may compute from now on, with this to read beside the file. */
void spiking_reader_limit_time(double bytes);

/* Sends an answer, and the bytes that it announces. */
void spiking_reader_answer(const Answer *head, const void *bytes);
void spiking_reader_answer_outcome(enum spiking_reader_outcome outcome);
void spiking_reader_answer_failure(const char *reason);

#endif
