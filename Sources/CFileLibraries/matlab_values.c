/* The shapes and numbers of MATLAB's values. */
#ifdef SPIKING_MATIO
#include "matlab_tree.h"

#include <math.h>
#include <string.h>

static int kind_of(const matvar_t *value) {
  if (value->isComplex && value->class_type != MAT_C_SPARSE) return SPIKING_READER_COMPLEX;
  switch (value->class_type) {
  case MAT_C_CELL: return SPIKING_READER_CELLS;
  case MAT_C_STRUCT: return SPIKING_READER_STRUCTURE;
  case MAT_C_CHAR: return SPIKING_READER_CHARACTERS;
  case MAT_C_SPARSE: return SPIKING_READER_SPARSE;
  case MAT_C_EMPTY:
  case MAT_C_DOUBLE:
  case MAT_C_SINGLE: return SPIKING_READER_NUMBERS_REAL;
  case MAT_C_INT8:
  case MAT_C_UINT8:
  case MAT_C_INT16:
  case MAT_C_UINT16:
  case MAT_C_INT32:
  case MAT_C_UINT32:
  case MAT_C_INT64:
  case MAT_C_UINT64:
    return value->isLogical ? SPIKING_READER_NAMED_NUMBERS : SPIKING_READER_NUMBERS_INTEGER;
  default: return SPIKING_READER_DATASET_OBJECT;
  }
}

/* The numbers of a value as they are in memory. */
struct numbers {
  const void *data;
  enum matio_types type;
  size_t count;
};

/* The numbers at a place; `data` is null where they cannot be had. */
static struct numbers numbers_at(const struct spiking_reader_place *place) {
  static const double none;
  matvar_t *value = place->value;
  struct numbers numbers = {&none, MAT_T_DOUBLE, 0};
  if (!value) return numbers;
  if (spiking_reader_load(value) != 0) {
    numbers.data = NULL;
  } else if (value->class_type == MAT_C_SPARSE) {
    const mat_sparse_t *sparse = value->data;
    if (place->part == SPIKING_READER_ROWS)
      numbers = (struct numbers){sparse->ir, MAT_T_UINT32, sparse->nir};
    else if (place->part == SPIKING_READER_COLUMNS)
      numbers = (struct numbers){sparse->jc, MAT_T_UINT32, sparse->njc};
    else
      numbers = (struct numbers){sparse->data, value->data_type, sparse->ndata};
  } else {
    numbers = (struct numbers){value->data, value->data_type, spiking_reader_count(value)};
    size_t size = Mat_SizeOf(numbers.type);
    if (size == 0 || value->nbytes / size < numbers.count) numbers.data = NULL;
  }
  return numbers;
}

void spiking_reader_answer_shape(const struct spiking_reader_place *place) {
  const matvar_t *value = place->value;
  Answer head = {
      .outcome = SPIKING_READER_FOUND, .kind = SPIKING_READER_NUMBERS_REAL, .size = 1,
      .stored = state.file_bytes};
  uint64_t lengths[SPIKING_READER_RANK] = {0};
  size_t rank = 2;
  if (place->part >= SPIKING_READER_ROWS) {
    struct numbers numbers = numbers_at(place);
    if (place->part != SPIKING_READER_VALUES) head.kind = SPIKING_READER_NUMBERS_INTEGER;
    rank = 1;
    lengths[0] = numbers.data ? numbers.count : 0;
  } else if (place->part == SPIKING_READER_ELEMENT) {
    head.kind = SPIKING_READER_STRUCTURE;
    lengths[0] = lengths[1] = 1;
  } else if (value) {
    /* Of sparse matrices of version 4 the shape is not known before. */
    if (value->class_type == MAT_C_SPARSE && Mat_GetVersion(matlab.file) == MAT_FT_MAT4)
      spiking_reader_load(place->value);
    head.kind = kind_of(value);
    if (value->rank < 0 || value->rank > SPIKING_READER_RANK || !value->dims)
      return spiking_reader_answer_failure("it has more dimensions than can be read");
    rank = (size_t)value->rank;
    for (size_t i = 0; i < rank; i++) lengths[i] = value->dims[i];
  }
  head.bytes = rank * sizeof *lengths;
  spiking_reader_answer(&head, lengths);
}

static double real_at(const struct numbers *numbers, size_t index) {
  switch (numbers->type) {
#define CASE(name, type) case name: return (double)((const type *)numbers->data)[index]
    CASE(MAT_T_DOUBLE, double);
    CASE(MAT_T_SINGLE, float);
    CASE(MAT_T_INT8, int8_t);
    CASE(MAT_T_UINT8, uint8_t);
    CASE(MAT_T_INT16, int16_t);
    CASE(MAT_T_UINT16, uint16_t);
    CASE(MAT_T_INT32, int32_t);
    CASE(MAT_T_UINT32, uint32_t);
    CASE(MAT_T_INT64, int64_t);
    CASE(MAT_T_UINT64, uint64_t);
#undef CASE
  default: return NAN;
  }
}

/* Those beyond 64 bits become the nearest ones. */
static int64_t integer_at(const struct numbers *numbers, size_t index) {
  if (numbers->type == MAT_T_INT64) return ((const int64_t *)numbers->data)[index];
  if (numbers->type == MAT_T_UINT64) {
    uint64_t value = ((const uint64_t *)numbers->data)[index];
    return value > INT64_MAX ? INT64_MAX : (int64_t)value;
  }
  double value = real_at(numbers, index);
  return value >= 0x1p63 ? INT64_MAX : value >= -0x1p63 ? (int64_t)value : INT64_MIN;
}

/* Characters as units of UTF-16, as many as the shape says; -1 where they are not. Files have them
   in 8 or 16 bits, or in UTF-8. */
static int send_characters(const matvar_t *value) {
  size_t count = spiking_reader_count(value), made = 0, sent = 0;
  enum { VALUES = SPIKING_READER_BLOCK / 8 };
  int64_t *block = &state.block.integer;
  const uint8_t *bytes = value->data;
  int is_wide = value->data_type == MAT_T_UINT16 || value->data_type == MAT_T_UTF16
      || value->data_type == MAT_T_INT16;
  for (size_t i = 0; i < value->nbytes && sent + made < count;) {
    uint32_t unit = bytes[i++];
    if (is_wide) {
      if (i >= value->nbytes) return -1;
      uint16_t both;
      memcpy(&both, bytes + i++ - 1, sizeof both);
      unit = both;
    } else if (value->data_type == MAT_T_UTF8 && unit >= 0xC0) {
      int more = unit >= 0xF0 ? 3 : unit >= 0xE0 ? 2 : 1;
      unit &= 0x3Fu >> more;
      while (more-- > 0 && i < value->nbytes) unit = unit << 6 | (bytes[i++] & 0x3F);
      if (unit >= 0x10000) {
        block[made++] = 0xD7C0 + (unit >> 10);
        unit = 0xDC00 | (unit & 0x3FF);
      }
    }
    block[made++] = unit;
    if (made >= VALUES - 1) {
      Answer head = {.outcome = SPIKING_READER_FOUND, .bytes = made * 8};
      spiking_reader_answer(&head, block);
      sent += made;
      made = 0;
    }
  }
  if (sent + made != count) return -1;
  Answer head = {.outcome = SPIKING_READER_FOUND, .bytes = made * 8};
  if (made > 0) spiking_reader_answer(&head, block);
  return 0;
}

void spiking_reader_answer_numbers(const struct spiking_reader_place *place, int is_real) {
  const matvar_t *value = place->value;
  if (value && value->isComplex)
    return spiking_reader_answer_failure("its numbers are complex; only real ones are read");
  if (value) spiking_reader_limit_time(8 * (double)spiking_reader_count(value));
  struct numbers numbers = numbers_at(place);
  if (value && value->class_type == MAT_C_CHAR && value->data) {
    if (send_characters(value) != 0)
      spiking_reader_answer_failure("it has other characters than its shape says");
    return;
  }
  if (!numbers.data)
    return spiking_reader_answer_failure(
        matlab.message[0] ? matlab.message : "its values are damaged");
  enum { VALUES = SPIKING_READER_BLOCK / 8 };
  for (size_t first = 0; first < numbers.count; first += VALUES) {
    size_t count = numbers.count - first < VALUES ? numbers.count - first : VALUES;
    for (size_t i = 0; i < count; i++) {
      if (is_real)
        (&state.block.real)[i] = real_at(&numbers, first + i);
      else
        (&state.block.integer)[i] = integer_at(&numbers, first + i);
    }
    Answer head = {.outcome = SPIKING_READER_FOUND, .bytes = count * 8};
    spiking_reader_answer(&head, &state.block);
  }
}
#endif
