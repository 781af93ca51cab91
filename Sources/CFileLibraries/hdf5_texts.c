/* Datasets of texts: the part of the server that reads them. */
#ifdef SPIKING_HDF5
#include "hdf5_tree.h"

#include <stdlib.h>
#include <string.h>

/* The texts so far, each behind its length. */
struct texts {
  char *bytes;
  size_t count, capacity;
  const char *failure;
};

static void add_text(struct texts *texts, const char *text, size_t length) {
  if (length > SPIKING_READER_TEXT_BYTES) texts->failure = "it has a text of more than 65536 bytes";
  uint32_t head = (uint32_t)length;
  size_t end = texts->count + sizeof head + length;
  if (end > SPIKING_READER_ALL_TEXTS) texts->failure = "its texts have more than 64 MB";
  if (texts->failure) return;
  if (end > texts->capacity) {
    char *bytes = realloc(texts->bytes, 2 * end);
    if (!bytes) {
      texts->failure = "its texts are too long to be held";
      return;
    }
    texts->bytes = bytes;
    texts->capacity = 2 * end;
  }
  memcpy(texts->bytes + texts->count, &head, sizeof head);
  memcpy(texts->bytes + texts->count + sizeof head, text, length);
  texts->count = end;
}

/* Reads so many texts from one on, of variable length, which the library allocates, or of `size` bytes. */
static int read_block(
    struct dataset *data, hid_t type, int is_variable, size_t size, hsize_t first, hsize_t count,
    struct texts *texts) {
  hid_t memory = H5Screate_simple(1, &count, NULL);
  if (data->rank == 1)
    H5Sselect_hyperslab(data->space, H5S_SELECT_SET, &first, NULL, &count, NULL);
  char *bytes = state.block.bytes;
  herr_t status = H5Dread(data->dataset, type, memory, data->space, H5P_DEFAULT, bytes);
  if (status >= 0) {
    for (hsize_t i = 0; i < count; i++) {
      const char *text = is_variable ? ((char **)bytes)[i] : bytes + i * size;
      size_t length = text ? strnlen(text, is_variable ? SPIKING_READER_TEXT_BYTES + 1 : size) : 0;
      add_text(texts, text ? text : "", length);
    }
    if (is_variable) H5Dvlen_reclaim(type, memory, H5P_DEFAULT, bytes);
  } else {
    spiking_reader_answer_error();
  }
  H5Sclose(memory);
  return status < 0 ? -1 : 0;
}

void spiking_reader_answer_texts(const char *object) {
  struct dataset data;
  if (spiking_reader_open_dataset(object, &data) != 0) return;
  hid_t type = H5Dget_type(data.dataset);
  int is_variable = H5Tis_variable_str(type) > 0;
  size_t size = is_variable ? sizeof(char *) : H5Tget_size(type);
  struct texts texts = {0};
  if (H5Tget_class(type) != H5T_STRING || data.rank > 1)
    texts.failure = "it is no list of texts";
  else if (size == 0 || size > SPIKING_READER_TEXT_BYTES)
    texts.failure = "it has a text of more than 65536 bytes";
  hsize_t total = data.rank == 0 ? 1 : data.lengths[0];
  spiking_reader_limit_time((double)total * 16);
  hsize_t most = texts.failure ? 0 : SPIKING_READER_BLOCK / size;
  if (most > 4096) most = 4096;
  int is_answered = 0;
  for (hsize_t first = 0; first < total && !texts.failure && !is_answered; first += most) {
    hsize_t count = total - first < most ? total - first : most;
    is_answered = read_block(&data, type, is_variable, size, first, count, &texts) != 0;
  }
  if (!is_answered) {
    Answer head = {.outcome = SPIKING_READER_FOUND, .bytes = texts.count};
    if (texts.failure)
      spiking_reader_answer_failure(texts.failure);
    else
      spiking_reader_answer(&head, texts.bytes);
  }
  free(texts.bytes);
  H5Tclose(type);
  spiking_reader_close_dataset(&data);
}
#endif
