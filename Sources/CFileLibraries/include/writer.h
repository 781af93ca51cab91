#ifndef SPIKING_WRITER_H
#define SPIKING_WRITER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Writing of HDF5 files by a process for each, in which the library runs, as it does for reading
   (reader.h): it is not made for threads, and what it cannot give back where a disk is full ends
   with the process. The process takes steps, each of which is answered. Numbers are in the byte order
   of the machine. */

/* Whether this was built with HDF5. */
int spiking_writer_is_built(void);

/* The process that writes a file, and the socket to it. */
struct spiking_writer {
  int socket;
  pid_t process;
};

enum spiking_writer_action {
  SPIKING_WRITER_GROUP,
  /* A dataset, of a type and lengths. */
  SPIKING_WRITER_DATASET,
  /* The next values of the dataset that was made last: whole rows. */
  SPIKING_WRITER_VALUES,
  /* An attribute of what stands at the path. */
  SPIKING_WRITER_ATTRIBUTE,
  /* Nothing follows: the file becomes whole. */
  SPIKING_WRITER_FINISH,
};

enum spiking_writer_type {
  /* double, int64_t and uint64_t. */
  SPIKING_WRITER_REAL,
  SPIKING_WRITER_INTEGER,
  SPIKING_WRITER_COUNT,
  /* A byte, 0 or 1, that the file has as FALSE and TRUE, as h5py does. */
  SPIKING_WRITER_FLAG,
  /* Texts of UTF-8, each of which ends with a zero. */
  SPIKING_WRITER_TEXT,
  /* The path of what is referred to, which ends with a zero. */
  SPIKING_WRITER_REFERENCE,
};

/* A step as it is sent; the path of the object, the name of the attribute, each with its zero, and the values follow. */
struct spiking_writer_step {
  int32_t action;
  int32_t type;
  /* 0 for one value without dimensions, 1 or 2. */
  int32_t rank;
  /* Whether values are deflated where they are more than a chunk. */
  int32_t is_compressed;
  uint64_t lengths[2];
  uint64_t path_bytes, name_bytes, value_bytes;
};

struct spiking_writer_answer {
  int32_t is_done;
  /* Why not: the system's reason, or HDF5's. */
  char reason[252];
};

/* Starts a process that makes the file at `path`, or empties it; its first answer says whether it did. Returns 0, or
   the error number of what the system refused. */
int spiking_writer_start(const char *path, struct spiking_writer *writer);

/* Sends a step. Returns 0, or -1 where the process is gone. */
int spiking_writer_send(
    const struct spiking_writer *writer, struct spiking_writer_step step, const char *path,
    const char *name, const void *values);

/* Waits for the next answer. Returns 0, or -1 where the process is gone. */
int spiking_writer_take(
    const struct spiking_writer *writer, struct spiking_writer_answer *answer);

/* Ends the process. Returns the signal that had ended it before, or 0. */
int spiking_writer_stop(struct spiking_writer *writer);

#endif
