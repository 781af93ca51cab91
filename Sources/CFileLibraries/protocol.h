#ifndef SPIKING_READER_PROTOCOL_H
#define SPIKING_READER_PROTOCOL_H

#include "reader.h"

/* A question as it is sent; the names of the object and the attribute follow, each with its zero. */
struct spiking_reader_request {
  uint32_t question;
  uint32_t object_bytes;
  uint32_t attribute_bytes;
};

/* Opens the file and answers until nobody asks. */
void spiking_reader_serve(
    int socket, const char *path, enum spiking_reader_library library,
    struct spiking_reader_limits limits);

#endif
