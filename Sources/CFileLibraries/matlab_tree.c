/* MATLAB files up to version 7: matio is called here and in matlab_values.c only, in a process of
   its own. See reader.h. */
#ifdef SPIKING_MATIO
#define _GNU_SOURCE

#include "matlab_tree.h"

#include "library.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct spiking_reader_matlab spiking_reader_matlab_state;

static void note_message(int level, char *message) {
  (void)level;
  strncpy(matlab.message, message, sizeof matlab.message - 1);
  matlab.message[strcspn(matlab.message, "\n")] = 0;
}

/* The names and kinds of all variables, of which matio reads no numbers. */
static void list_variables(int64_t expected) {
  size_t capacity = 0;
  for (int64_t element = 0; element < expected; element++) {
    matvar_t *next = Mat_VarReadNextInfo(matlab.file);
    if (!next) {
      spiking_reader_answer_failure(
          matlab.message[0] ? matlab.message : "it has a variable that is damaged");
      _exit(0);
    }
    /* What MATLAB keeps of objects has no name. */
    if (!next->name || !next->name[0]) continue;
    if (matlab.count == capacity) {
      capacity = 2 * capacity + 16;
      matvar_t **variables = realloc(matlab.variables, capacity * sizeof *variables);
      if (!variables) {
        spiking_reader_answer_outcome(SPIKING_READER_MEMORY);
        _exit(0);
      }
      matlab.variables = variables;
    }
    matlab.variables[matlab.count++] = next;
  }
}

static void open_file(const char *path) {
  Mat_LogInitFunc("spiking", note_message);
  struct stat status;
  int file = open(path, O_RDONLY);
  if (file >= 0 && fstat(file, &status) == 0) state.file_bytes = (uint64_t)status.st_size;
  spiking_reader_limit_time(0);
  matlab.file = Mat_Open(path, MAT_ACC_RDONLY);
  int64_t count = spiking_reader_count_variables(file, state.file_bytes);
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_NOFILE, &none);
  if (!matlab.file || count < 0 || Mat_GetVersion(matlab.file) == MAT_FT_MAT73) {
    char start[6];
    if (pread(file, start, sizeof start, 0) == sizeof start && memcmp(start, "MATLAB", 6) == 0)
      spiking_reader_answer_failure(
          count < 0 ? "it ends within a variable" : "its first bytes are damaged");
    else
      spiking_reader_answer_outcome(SPIKING_READER_OTHER);
    _exit(0);
  }
  list_variables(count);
  spiking_reader_answer_outcome(SPIKING_READER_FOUND);
}

size_t spiking_reader_count(const matvar_t *value) {
  size_t count = 1;
  if (value->rank < 0 || value->rank > SPIKING_READER_RANK || (value->rank > 0 && !value->dims))
    return 0;
  for (int i = 0; i < value->rank; i++)
    if (__builtin_mul_overflow(count, value->dims[i], &count)) return 0;
  return count;
}

int spiking_reader_load(matvar_t *value) {
  if (value->data) return 0;
  if (Mat_VarReadDataAll(matlab.file, value) == 0 && value->data) return 0;
  /* matio must not read twice what is compressed. */
  value->class_type = MAT_C_OPAQUE;
  return -1;
}

/* The index that a part of a path is, or -1. */
static int64_t index_of(const char *part, size_t length, size_t count) {
  uint64_t index = 0;
  if (length == 0 || length > 18) return -1;
  for (size_t i = 0; i < length; i++) {
    if (part[i] < '0' || part[i] > '9') return -1;
    index = index * 10 + (uint64_t)(part[i] - '0');
  }
  return index < count ? (int64_t)index : -1;
}

static int is_name(const char *name, const char *part, size_t length) {
  return name && strlen(name) == length && memcmp(name, part, length) == 0;
}

/* One step along a path; 0 where it leads nowhere. */
static int descend(struct spiking_reader_place *place, const char *part, size_t length) {
  matvar_t *value = place->value;
  if (!value || (place->part != SPIKING_READER_WHOLE && place->part != SPIKING_READER_ELEMENT)) return 0;
  if (value->class_type == MAT_C_CELL) {
    int64_t index = index_of(part, length, spiking_reader_count(value));
    if (index < 0 || !value->data || (size_t)index >= value->nbytes / sizeof(matvar_t *)) return 0;
    place->value = ((matvar_t **)value->data)[index];
    return 1;
  }
  if (value->class_type == MAT_C_STRUCT && place->part == SPIKING_READER_WHOLE) {
    int64_t index = index_of(part, length, spiking_reader_count(value));
    place->part = SPIKING_READER_ELEMENT;
    place->element = (size_t)index;
    return index >= 0;
  }
  if (value->class_type == MAT_C_STRUCT) {
    unsigned count = Mat_VarGetNumberOfFields(value);
    char *const *names = Mat_VarGetStructFieldnames(value);
    for (unsigned field = 0; names && field < count; field++) {
      if (!is_name(names[field], part, length)) continue;
      if (!value->data || place->element >= value->nbytes / sizeof(matvar_t *) / count) return 0;
      place->value = ((matvar_t **)value->data)[place->element * count + field];
      place->part = SPIKING_READER_WHOLE;
      return 1;
    }
    return 0;
  }
  if (value->class_type != MAT_C_SPARSE) return 0;
  if (is_name("ir", part, length)) place->part = SPIKING_READER_ROWS;
  if (is_name("jc", part, length)) place->part = SPIKING_READER_COLUMNS;
  if (is_name("data", part, length)) place->part = SPIKING_READER_VALUES;
  return place->part != SPIKING_READER_WHOLE;
}

int spiking_reader_find(const char *path, struct spiking_reader_place *place) {
  const char *part = path + (*path == '/');
  size_t length = strcspn(part, "/"), index = 0;
  while (index < matlab.count && !is_name(matlab.variables[index]->name, part, length)) index++;
  if (index == matlab.count) return 0;
  *place = (struct spiking_reader_place){.value = matlab.variables[index]};
  for (part += length; *part == '/'; part += length) {
    length = strcspn(++part, "/");
    if (!descend(place, part, length)) return 0;
  }
  if (place->value && place->value->class_type == MAT_C_EMPTY) place->value = NULL;
  return 1;
}

static void answer_names(char *const *names, size_t count) {
  Answer head = {.outcome = SPIKING_READER_FOUND};
  size_t bytes = 0;
  for (size_t i = 0; i < count; i++) bytes += sizeof(struct spiking_reader_child) + strlen(names[i]);
  char *children = malloc(bytes + 1), *end = children;
  if (!children || bytes > SPIKING_READER_CHILDREN_BYTES)
    return spiking_reader_answer_failure("its names are too long to be held");
  for (size_t i = 0; i < count; i++) {
    struct spiking_reader_child child = {.name_bytes = (uint32_t)strlen(names[i])};
    memcpy(end, &child, sizeof child);
    memcpy(end + sizeof child, names[i], child.name_bytes);
    end += sizeof child + child.name_bytes;
  }
  head.bytes = bytes;
  spiking_reader_answer(&head, children);
  free(children);
}

/* The names of the variables, or of the fields of a structure. */
static void answer_children(const char *path) {
  struct spiking_reader_place place;
  if (strcmp(path, "/") == 0) {
    char **names = malloc((matlab.count + 1) * sizeof *names);
    if (!names) return spiking_reader_answer_outcome(SPIKING_READER_MEMORY);
    for (size_t i = 0; i < matlab.count; i++) names[i] = matlab.variables[i]->name;
    answer_names(names, matlab.count);
    free(names);
  } else if (spiking_reader_find(path, &place) && place.value
      && place.value->class_type == MAT_C_STRUCT) {
    char *const *names = Mat_VarGetStructFieldnames(place.value);
    answer_names(names, names ? Mat_VarGetNumberOfFields(place.value) : 0);
  } else {
    spiking_reader_answer_outcome(SPIKING_READER_ABSENT);
  }
}

static void answer(uint32_t question) {
  struct spiking_reader_place place;
  matlab.message[0] = 0;
  switch (question) {
  case SPIKING_READER_CHILDREN: answer_children(state.object); return;
  case SPIKING_READER_DATASET:
  case SPIKING_READER_REALS:
  case SPIKING_READER_INTEGERS:
    if (!spiking_reader_find(state.object, &place))
      spiking_reader_answer_outcome(SPIKING_READER_ABSENT);
    else if (question == SPIKING_READER_DATASET)
      spiking_reader_answer_shape(&place);
    else
      spiking_reader_answer_numbers(&place, question == SPIKING_READER_REALS);
    return;
  default: _exit(0);
  }
}

const struct spiking_reader_functions spiking_reader_matio = {open_file, answer};
#endif
