#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "process.h"
#include "protocol.h"

static void set_limit(int resource, rlim_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return;
  limit.rlim_cur = value < limit.rlim_cur ? value : limit.rlim_cur;
  limit.rlim_max = limit.rlim_cur;
  setrlimit(resource, &limit);
}

/* No dump of memory, nothing written, and memory in bounds. */
static void confine(struct spiking_reader_limits limits) {
  set_limit(RLIMIT_CORE, 0);
  set_limit(RLIMIT_FSIZE, 0);
#ifdef __linux__
  /* The size at present, in pages, is the first number there. */
  char text[64] = "";
  int file = open("/proc/self/statm", O_RDONLY);
  ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
  if (file >= 0) close(file);
  if (length > 0) {
    uint64_t present = strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
    set_limit(RLIMIT_AS, present + limits.memory);
  }
#else
  (void)limits;
#endif
}

int spiking_reader_start(
    const char *path, enum spiking_reader_library library, struct spiking_reader_limits limits,
    struct spiking_reader *reader) {
  int socket;
  pid_t process = spiking_process_fork(&socket);
  if (process == 0) {
    confine(limits);
    spiking_reader_serve(socket, path, library, limits);
    _exit(0);
  }
  if (process < 0) return errno;
  *reader = (struct spiking_reader){.socket = socket, .process = process};
  return 0;
}

int spiking_reader_ask(
    const struct spiking_reader *reader, enum spiking_reader_question question,
    const char *object, const char *attribute) {
  struct spiking_reader_request request = {
      .question = question,
      .object_bytes = (uint32_t)strlen(object) + 1,
      .attribute_bytes = (uint32_t)strlen(attribute) + 1,
  };
  if (spiking_process_send(reader->socket, &request, sizeof request) != 0
      || spiking_process_send(reader->socket, object, request.object_bytes) != 0)
    return -1;
  return spiking_process_send(reader->socket, attribute, request.attribute_bytes);
}

int spiking_reader_take(const struct spiking_reader *reader, void *bytes, size_t count) {
  return spiking_process_receive(reader->socket, bytes, count);
}

int spiking_reader_stop(struct spiking_reader *reader) {
  if (reader->process <= 0) return 0;
  pid_t process = reader->process;
  reader->process = 0;
  return spiking_process_end(process, reader->socket);
}

int spiking_reader_has_room(size_t bytes) {
  /* Volatile: compilers leave out what is only taken and given back. */
  void *volatile room = malloc(bytes > 0 ? bytes : 1);
  free(room);
  return room != NULL;
}
