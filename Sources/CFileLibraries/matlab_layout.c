/* How far the variables of a MATLAB file reach, by the lengths that it claims: matio takes a file
   that was cut off for one with fewer variables. Sources: MAT-File Format, The MathWorks, chapters
   "Level 5" and "Level 4". */
#ifdef SPIKING_MATIO
#include "matlab_tree.h"

#include <string.h>
#include <unistd.h>

static uint32_t word(const unsigned char *bytes, int is_little) {
  return is_little
      ? bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24
      : bytes[3] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[0] << 24;
}

/* Level 5: after 128 bytes each element has its type, its length, and so many bytes. */
static int64_t count_elements(int file, uint64_t size, int is_little) {
  uint64_t place = 128;
  int64_t count = 0;
  while (place < size) {
    unsigned char tag[8];
    if (pread(file, tag, sizeof tag, (off_t)place) != sizeof tag) return -1;
    uint32_t type = word(tag, is_little), length = word(tag + 4, is_little);
    if (type != MAT_T_MATRIX && type != MAT_T_COMPRESSED) return -1;
    place += sizeof tag + (uint64_t)length;
    count++;
  }
  return place == size ? count : -1;
}

/* Level 4: each variable has five words, its name, and its numbers in columns. */
static int64_t count_matrices(int file, uint64_t size) {
  static const unsigned sizes[] = {8, 4, 4, 2, 2, 1};
  double place = 0;
  int64_t count = 0;
  while (place < (double)size) {
    unsigned char head[20];
    if (pread(file, head, sizeof head, (off_t)place) != sizeof head) return -1;
    int is_little = word(head, 1) < 5000;
    uint32_t type = word(head, is_little) / 10 % 10;
    if (word(head, is_little) >= 5000 || type > 5) return -1;
    double numbers = (double)word(head + 4, is_little) * word(head + 8, is_little);
    if (word(head + 12, is_little) != 0) numbers *= 2;
    place += sizeof head + (double)word(head + 16, is_little) + numbers * sizes[type];
    count++;
  }
  return place == (double)size ? count : -1;
}

int64_t spiking_reader_count_variables(int file, uint64_t size) {
  unsigned char head[128];
  ssize_t length = pread(file, head, sizeof head, 0);
  if (length == sizeof head && memcmp(head, "MATLAB 5", 8) == 0)
    return count_elements(file, size, head[126] == 'I' && head[127] == 'M');
  return length >= 20 ? count_matrices(file, size) : -1;
}
#endif
