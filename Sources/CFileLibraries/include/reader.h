#ifndef SPIKING_READER_H
#define SPIKING_READER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Reading of files by a process for each, in which the libraries HDF5 and matio run. It may crash,
   hang or want too much memory without harm to the one that asks: damaged files make both libraries
   do all three. Numbers are in the byte order of the machine. Files are written likewise: writer.h. */

enum spiking_reader_library {
  SPIKING_READER_HDF5,
  SPIKING_READER_MATIO,
};

/* Whether this was built with a library. */
int spiking_reader_has(enum spiking_reader_library library);

/* The process that reads a file, and the socket to it. */
struct spiking_reader {
  int socket;
  pid_t process;
};

/* What it may use. */
struct spiking_reader_limits {
  /* Processor time for a question, and a second more for each 32 MB of the file and
     of numbers. */
  double seconds;
  /* Memory beyond that of the process that asks, in bytes; on Linux. */
  uint64_t memory;
};

enum spiking_reader_question {
  /* Which kind of object there is. */
  SPIKING_READER_KIND,
  /* The hard links of a group: for each a struct spiking_reader_child and its name. */
  SPIKING_READER_CHILDREN,
  /* An attribute that is one number. */
  SPIKING_READER_NUMBER,
  /* An attribute that is one text: its bytes. */
  SPIKING_READER_TEXT,
  /* What a dataset is: the lengths of its dimensions, uint64_t each. */
  SPIKING_READER_DATASET,
  /* The values of a dataset as double. */
  SPIKING_READER_REALS,
  /* The values of a dataset as int64_t; of references the addresses that they lead to. */
  SPIKING_READER_INTEGERS,
  /* The texts of a dataset of at most one dimension: for each a uint32_t, the number of its bytes, and these. */
  SPIKING_READER_TEXTS,
};

enum spiking_reader_outcome {
  SPIKING_READER_FOUND,
  /* There is none. */
  SPIKING_READER_ABSENT,
  /* There is something else than what was asked for. */
  SPIKING_READER_OTHER,
  /* It cannot be read, or is not to be, for the reason given. */
  SPIKING_READER_FAILED,
  /* Reading needs more memory than it may take. */
  SPIKING_READER_MEMORY,
};

enum spiking_reader_kind {
  SPIKING_READER_OTHER_OBJECT,
  SPIKING_READER_GROUP,
  SPIKING_READER_NUMBERS_INTEGER,
  SPIKING_READER_NUMBERS_REAL,
  /* A dataset of whatever type. */
  SPIKING_READER_DATASET_OBJECT,
  /* What a link to another file leads to. */
  SPIKING_READER_ELSEWHERE,
  /* Truth values and other numbers with names. */
  SPIKING_READER_NAMED_NUMBERS,
  SPIKING_READER_TEXT_VALUES,
  /* Datasets of references to objects: "&address" is the path of one. */
  SPIKING_READER_REFERENCES,
  /* What else there is in files of MATLAB. Their values run by column, and characters are units of
     UTF-16. The path of element i of a cell or a structure array goes on with "/i", that of its
     field with "/field", those of the arrays of a sparse matrix with "/ir", "/jc" and "/data". */
  SPIKING_READER_CHARACTERS,
  SPIKING_READER_CELLS,
  SPIKING_READER_STRUCTURE,
  SPIKING_READER_SPARSE,
  SPIKING_READER_COMPLEX,
};

/* The first part of each answer; `bytes` more bytes follow. The values of a dataset are a row of
   answers, as many as they need. */
struct spiking_reader_answer {
  int32_t outcome;
  int32_t kind;
  /* The bytes of the dataset in the file, and those of one value. */
  uint64_t stored;
  uint64_t size;
  double number;
  uint64_t bytes;
  char reason[200];
};

struct spiking_reader_child {
  /* Where the object stands in the file: the same for all links to it. */
  uint64_t address;
  int32_t kind;
  uint32_t name_bytes;
};

enum {
  /* Bounds of what an answer holds: links of a group, bytes of a name, of a text, of values. */
  SPIKING_READER_LINKS = 100000,
  SPIKING_READER_NAME = 1024,
  SPIKING_READER_TEXT_BYTES = 65536,
  SPIKING_READER_BLOCK = 1 << 20,
  /* All texts of a dataset. */
  SPIKING_READER_ALL_TEXTS = 1 << 26,
};

/* Starts a process that opens the file; its first answer says whether it did. Returns 0, or the
   error number of what the system refused. */
int spiking_reader_start(
    const char *path, enum spiking_reader_library library, struct spiking_reader_limits limits,
    struct spiking_reader *reader);

/* Asks; `attribute` is empty where none is meant. Returns 0, or -1 where the process is gone. */
int spiking_reader_ask(
    const struct spiking_reader *reader, enum spiking_reader_question question,
    const char *object, const char *attribute);

/* Takes the next bytes of an answer. Returns 0, or -1 where the process is gone. */
int spiking_reader_take(const struct spiking_reader *reader, void *bytes, size_t count);

/* Ends the process. Returns the signal that had ended it before, or 0. */
int spiking_reader_stop(struct spiking_reader *reader);

/* Whether there are so many bytes of memory: Swift does not go on where there are not. */
int spiking_reader_has_room(size_t bytes);

#endif
