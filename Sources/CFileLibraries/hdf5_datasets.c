/* Datasets: the part of the server that reads values. */
#ifdef SPIKING_HDF5
#include "hdf5_tree.h"

#include <string.h>

enum { RANK = SPIKING_READER_RANK };

/* Makes the library keep a row of chunks, along the first dimension, between two blocks, so that
   none is inflated twice; where memory allows. Returns an access list, or the default. */
static hid_t cache_of(hid_t plist, hid_t dataset) {
  hsize_t chunk[RANK], lengths[RANK];
  hid_t space = H5Dget_space(dataset);
  int rank = H5Pget_chunk(plist, RANK, chunk);
  double bytes = 1, chunks = 1;
  if (rank < 1 || H5Sget_simple_extent_ndims(space) != rank
      || H5Sget_simple_extent_dims(space, lengths, NULL) < 0)
    rank = 0;
  H5Sclose(space);
  if (rank == 0) return H5P_DEFAULT;
  for (int i = 0; i < rank; i++) {
    bytes *= (double)chunk[i];
    if (i > 0) chunks *= (double)(lengths[i] / chunk[i] + 1);
  }
  hid_t type = H5Dget_type(dataset);
  bytes *= (double)H5Tget_size(type) * chunks;
  H5Tclose(type);
  double most = (double)state.limits.memory / 2;
  if (bytes <= 1 << 20) return H5P_DEFAULT;
  hid_t access = H5Pcreate(H5P_DATASET_ACCESS);
  H5Pset_chunk_cache(
      access, chunks < 10000 ? 521 + 100 * (size_t)chunks : 1000003,
      (size_t)(bytes < most ? bytes : most), 1);
  return access;
}

static int kind_of(hid_t type) {
  switch (H5Tget_class(type)) {
  case H5T_INTEGER: return SPIKING_READER_NUMBERS_INTEGER;
  case H5T_FLOAT: return SPIKING_READER_NUMBERS_REAL;
  case H5T_ENUM: return SPIKING_READER_NAMED_NUMBERS;
  case H5T_STRING: return SPIKING_READER_TEXT_VALUES;
  case H5T_REFERENCE:
    if (H5Tequal(type, H5T_STD_REF_OBJ) > 0) return SPIKING_READER_REFERENCES;
    return SPIKING_READER_DATASET_OBJECT;
  default: return SPIKING_READER_DATASET_OBJECT;
  }
}

/* The virtual layout is asked for before the space: that would
   open the files it is put together from. */
int spiking_reader_open_dataset(const char *object, struct dataset *result) {
  memset(result, 0, sizeof *result);
  hid_t dataset = H5Dopen2(hdf5.origin, object, H5P_DEFAULT);
  if (dataset < 0) {
    spiking_reader_answer_absent(object);
    return -1;
  }
  hid_t plist = H5Dget_create_plist(dataset);
  H5D_layout_t layout = H5Pget_layout(plist);
  const char *refusal = NULL;
  if (plist < 0 || layout < 0) refusal = "its layout cannot be read";
  if (layout == H5D_VIRTUAL) refusal = "its values are in other datasets; those are not read";
  if (!refusal && H5Pget_external_count(plist) != 0)
    refusal = "its values are in other files; those are not read";
  if (!refusal && layout == H5D_CHUNKED) {
    hid_t access = cache_of(plist, dataset);
    if (access != H5P_DEFAULT) {
      H5Dclose(dataset);
      dataset = H5Dopen2(hdf5.origin, object, access);
      H5Pclose(access);
    }
  }
  if (plist >= 0) H5Pclose(plist);
  if (refusal) {
    spiking_reader_answer_failure(refusal);
    H5Dclose(dataset);
    return -1;
  }
  hid_t space = H5Dget_space(dataset), type = H5Dget_type(dataset);
  result->head.kind = kind_of(type);
  result->head.size = H5Tget_size(type);
  /* What is claimed of a piece at the end may lie beyond it. */
  uint64_t stored = H5Dget_storage_size(dataset);
  result->head.stored = stored < state.file_bytes ? stored : state.file_bytes;
  H5Tclose(type);
  result->rank = H5Sget_simple_extent_ndims(space);
  int is_read = result->rank >= 0 && result->rank <= RANK
      && H5Sget_simple_extent_dims(space, result->lengths, NULL) >= 0;
  /* A dataset without a space holds nothing. */
  if (H5Sget_simple_extent_type(space) == H5S_NULL) {
    result->rank = 1;
    result->lengths[0] = 0;
    is_read = 1;
  }
  if (!is_read) {
    spiking_reader_answer_error();
    H5Sclose(space);
    H5Dclose(dataset);
    return -1;
  }
  result->dataset = dataset;
  result->space = space;
  return 0;
}

void spiking_reader_close_dataset(struct dataset *data) {
  H5Sclose(data->space);
  H5Dclose(data->dataset);
}

void spiking_reader_answer_dataset(const char *object) {
  struct dataset data;
  if (spiking_reader_open_dataset(object, &data) != 0) return;
  data.head.bytes = (uint64_t)data.rank * sizeof(uint64_t);
  uint64_t lengths[RANK];
  for (int i = 0; i < data.rank; i++) lengths[i] = data.lengths[i];
  spiking_reader_answer(&data.head, lengths);
  spiking_reader_close_dataset(&data);
}

/* Sends the values in blocks, the last dimension running fastest. A block is whole in the dimensions
   after `split`, several rows in that one, and one row of each before it. */
static void send_values(struct dataset *data, hid_t memory_type) {
  enum { VALUES = SPIKING_READER_BLOCK / 8 };
  hsize_t start[RANK] = {0}, count[RANK];
  hsize_t inner = 1;
  int split = data->rank - 1;
  while (split > 0 && data->lengths[split] <= VALUES / inner) inner *= data->lengths[split--];
  for (int i = 0; i < data->rank; i++) count[i] = i < split ? 1 : data->lengths[i];
  for (;;) {
    hsize_t values = 1;
    if (data->rank > 0) {
      hsize_t rest = data->lengths[split] - start[split];
      count[split] = rest < VALUES / inner ? rest : VALUES / inner;
      values = count[split] * inner;
      if (H5Sselect_hyperslab(data->space, H5S_SELECT_SET, start, NULL, count, NULL) < 0)
        return spiking_reader_answer_error();
    }
    hid_t memory = H5Screate_simple(1, &values, NULL);
    herr_t status = H5Dread(
        data->dataset, memory_type, memory, data->space, H5P_DEFAULT, &state.block);
    /* At once: the next call forgets the reason. */
    if (status < 0) spiking_reader_answer_error();
    H5Sclose(memory);
    if (status < 0) return;
    Answer head = {.outcome = SPIKING_READER_FOUND, .bytes = values * 8};
    spiking_reader_answer(&head, &state.block);
    if (data->rank == 0) return;
    int axis = split;
    start[axis] += count[axis];
    while (start[axis] >= data->lengths[axis]) {
      start[axis] = 0;
      if (axis-- == 0) return;
      start[axis]++;
    }
  }
}

void spiking_reader_answer_values(const char *object, int is_real) {
  struct dataset data;
  if (spiking_reader_open_dataset(object, &data) != 0) return;
  double count = 1;
  for (int i = 0; i < data.rank; i++) count *= (double)data.lengths[i];
  spiking_reader_limit_time(count * 8);
  /* HDF5 refuses to read nothing. */
  hid_t type = data.head.kind == SPIKING_READER_REFERENCES ? H5T_STD_REF_OBJ : H5T_NATIVE_INT64;
  if (count > 0) send_values(&data, is_real ? H5T_NATIVE_DOUBLE : type);
  spiking_reader_close_dataset(&data);
}
#endif
