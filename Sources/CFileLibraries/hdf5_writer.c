/* HDF5 is called here to write, in a process of its own. See writer.h. */
#ifdef SPIKING_HDF5
#include "hdf5_writer.h"

#include "../CHDF5/shim.h"

#include "process.h"
#include "writer.h"

#include <stdlib.h>
#include <string.h>

enum {
  /* Values of a chunk: 512 kB of numbers. */
  CHUNK = 1 << 16,
  /* Deflate's fastest level: the others save little more. */
  LEVEL = 1,
};

/* What the process knows, which has one thread and one file. */
struct writer {
  int socket;
  hid_t file;
  /* The dataset that was made last, or -1, its type, how many values a row has, and the first row that was not written. */
  hid_t dataset;
  enum spiking_writer_type type;
  int rank;
  hsize_t columns, row;
  /* The path, the name and the values of a step. */
  char *bytes;
  size_t capacity;
};

typedef struct spiking_writer_step Step;

static hid_t type_of(enum spiking_writer_type type) {
  hid_t made;
  switch (type) {
  case SPIKING_WRITER_REAL: return H5Tcopy(H5T_NATIVE_DOUBLE);
  case SPIKING_WRITER_INTEGER: return H5Tcopy(H5T_NATIVE_INT64);
  case SPIKING_WRITER_COUNT: return H5Tcopy(H5T_NATIVE_UINT64);
  case SPIKING_WRITER_REFERENCE: return H5Tcopy(H5T_STD_REF_OBJ);
  case SPIKING_WRITER_FLAG:
    made = H5Tenum_create(H5T_NATIVE_INT8);
    for (int8_t value = 0; value < 2; value++)
      H5Tenum_insert(made, value ? "TRUE" : "FALSE", &value);
    return made;
  case SPIKING_WRITER_TEXT:
    made = H5Tcopy(H5T_C_S1);
    H5Tset_size(made, H5T_VARIABLE);
    H5Tset_cset(made, H5T_CSET_UTF8);
    return made;
  }
  return -1;
}

static hid_t space_of(const Step *step) {
  hsize_t lengths[2] = {step->lengths[0], step->lengths[1]};
  return step->rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(step->rank, lengths, NULL);
}

/* Whether all of the last dataset is in the file. */
static int close_dataset(struct writer *writer) {
  int is_closed = writer->dataset < 0 || H5Dclose(writer->dataset) >= 0;
  writer->dataset = -1;
  return is_closed;
}

static int make_group(const struct writer *writer, const char *path) {
  hid_t group = H5Gcreate2(writer->file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  return group >= 0 && H5Gclose(group) >= 0;
}

/* Chunks that are deflated, the bytes of equal place in the numbers side by side. */
static int set_chunks(hid_t properties, const Step *step) {
  hsize_t columns = step->rank == 2 ? step->lengths[1] : 1;
  if (!step->is_compressed || step->rank == 0 || columns == 0
      || step->lengths[0] <= CHUNK / columns || H5Zfilter_avail(H5Z_FILTER_DEFLATE) <= 0)
    return 1;
  hsize_t chunk[2];
  chunk[1] = columns < CHUNK ? columns : CHUNK;
  chunk[0] = CHUNK / chunk[1];
  return H5Pset_chunk(properties, step->rank, chunk) >= 0 && H5Pset_shuffle(properties) >= 0
      && H5Pset_deflate(properties, LEVEL) >= 0;
}

static int make_dataset(struct writer *writer, const Step *step, const char *path) {
  hid_t type = type_of(step->type), space = space_of(step);
  hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(properties, 0);
  if (set_chunks(properties, step))
    writer->dataset =
        H5Dcreate2(writer->file, path, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
  if (writer->dataset < 0) return 0;
  writer->type = step->type;
  writer->rank = step->rank;
  writer->columns = step->rank == 2 ? step->lengths[1] : 1;
  writer->row = 0;
  H5Pclose(properties);
  H5Sclose(space);
  H5Tclose(type);
  return 1;
}

/* Where each of the texts begins, which are counted. */
static const char **texts_in(const char *values, size_t bytes, size_t *count) {
  *count = 0;
  for (size_t i = 0; i < bytes; i++) *count += values[i] == 0;
  const char **texts = malloc((*count + 1) * sizeof *texts);
  if (!texts) return NULL;
  for (size_t i = 0; i < *count; i++) {
    texts[i] = values;
    values += strlen(values) + 1;
  }
  return texts;
}

static int write_rows(struct writer *writer, const void *values, hsize_t count) {
  if (count == 0) return 1;
  hid_t type = type_of(writer->type), memory = H5Screate_simple(1, &count, NULL);
  hid_t space = H5Dget_space(writer->dataset);
  hsize_t start[2] = {writer->row, 0}, rows[2] = {count / writer->columns, writer->columns};
  if (writer->rank > 0
      && H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, rows, NULL) < 0)
    return 0;
  if (H5Dwrite(writer->dataset, type, memory, space, H5P_DEFAULT, values) < 0) return 0;
  writer->row += rows[0];
  H5Sclose(space);
  H5Sclose(memory);
  H5Tclose(type);
  return 1;
}

static int write_values(struct writer *writer, const char *values, size_t bytes) {
  if (writer->type != SPIKING_WRITER_TEXT)
    return write_rows(writer, values, bytes / (writer->type == SPIKING_WRITER_FLAG ? 1 : 8));
  size_t count;
  const char **texts = texts_in(values, bytes, &count);
  int is_written = texts && write_rows(writer, texts, count);
  free(texts);
  return is_written;
}

static int write_attribute(
    const struct writer *writer, const Step *step, const char *path, const char *name,
    const char *values) {
  hid_t type = type_of(step->type), space = space_of(step);
  hid_t attribute = H5Acreate_by_name(
      writer->file, path, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0) return 0;
  const void *value = values;
  const char **texts = NULL;
  size_t count;
  hobj_ref_t reference;
  if (step->type == SPIKING_WRITER_TEXT) {
    value = texts = texts_in(values, step->value_bytes, &count);
  } else if (step->type == SPIKING_WRITER_REFERENCE) {
    if (H5Rcreate(&reference, writer->file, values, H5R_OBJECT, -1) < 0) return 0;
    value = &reference;
  }
  int is_written = value && H5Awrite(attribute, type, value) >= 0;
  free(texts);
  if (H5Aclose(attribute) < 0) return 0;
  H5Sclose(space);
  H5Tclose(type);
  return is_written;
}

static int take_step(struct writer *writer, const Step *step) {
  const char *path = writer->bytes, *name = path + step->path_bytes,
             *values = name + step->name_bytes;
  switch (step->action) {
  case SPIKING_WRITER_GROUP: return close_dataset(writer) && make_group(writer, path);
  case SPIKING_WRITER_DATASET:
    return close_dataset(writer) && make_dataset(writer, step, path);
  case SPIKING_WRITER_VALUES: return write_values(writer, values, step->value_bytes);
  case SPIKING_WRITER_ATTRIBUTE: return write_attribute(writer, step, path, name, values);
  case SPIKING_WRITER_FINISH: return close_dataset(writer) && H5Fclose(writer->file) >= 0;
  default: return 0;
  }
}

/* Takes what follows a step. */
static int receive_bytes(struct writer *writer, const Step *step) {
  size_t count = step->path_bytes + step->name_bytes + step->value_bytes;
  if (count > writer->capacity) {
    char *bytes = realloc(writer->bytes, count);
    if (!bytes) return 0;
    writer->bytes = bytes;
    writer->capacity = count;
  }
  return spiking_process_receive(writer->socket, writer->bytes, count) == 0;
}

/* The error at the root of the others comes first; within it stands the system's, if it is one. */
static herr_t note_error(unsigned index, const H5E_error2_t *error, void *data) {
  struct spiking_writer_answer *answer = data;
  if (index != 0 || !error->desc) return 0;
  static const char mark[] = "error message = '";
  const char *message = strstr(error->desc, mark);
  message = message ? message + strlen(mark) : error->desc;
  const char *end = message == error->desc ? NULL : strchr(message, '\'');
  size_t length = end ? (size_t)(end - message) : strlen(message);
  if (length >= sizeof answer->reason) length = sizeof answer->reason - 1;
  memcpy(answer->reason, message, length);
  answer->reason[length] = 0;
  return 0;
}

/* Returns whether more steps may follow. */
static int answer(const struct writer *writer, int is_done) {
  struct spiking_writer_answer answer = {.is_done = is_done};
  if (!is_done) {
    strcpy(answer.reason, "HDF5 gives no reason");
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_error, &answer);
  }
  return spiking_process_send(writer->socket, &answer, sizeof answer) == 0 && is_done;
}

static hid_t make_file(const char *path) {
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  H5PLset_loading_state(0);
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  /* HDF5 reads it from 1.8 on; before, lists of names as attributes had 64 kB at most. */
  H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
#if H5_VERSION_GE(1, 10, 7)
  /* Not all file systems have locks, and nobody else knows the file. */
  H5Pset_file_locking(access, 0, 1);
#endif
  return H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, access);
}

void spiking_hdf5_write(int socket, const char *path) {
  struct writer writer = {.socket = socket, .file = make_file(path), .dataset = -1};
  Step step;
  int goes_on = answer(&writer, writer.file >= 0);
  while (goes_on && spiking_process_receive(socket, &step, sizeof step) == 0
         && receive_bytes(&writer, &step)) {
    H5Eclear2(H5E_DEFAULT);
    goes_on = answer(&writer, take_step(&writer, &step));
  }
}
#endif
