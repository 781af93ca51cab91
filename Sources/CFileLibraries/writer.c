#include "writer.h"

#include "hdf5_writer.h"
#include "process.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int spiking_writer_is_built(void) {
#ifdef SPIKING_HDF5
  return 1;
#else
  return 0;
#endif
}

int spiking_writer_start(const char *path, struct spiking_writer *writer) {
  int socket;
  pid_t process = spiking_process_fork(&socket);
  if (process == 0) {
#ifdef SPIKING_HDF5
    spiking_hdf5_write(socket, path);
#else
    (void)path;
#endif
    /* Nothing that the parent wants done at its end, such as to flush what it prints, is done here. */
    _exit(0);
  }
  if (process < 0) return errno;
  *writer = (struct spiking_writer){.socket = socket, .process = process};
  return 0;
}

int spiking_writer_send(
    const struct spiking_writer *writer, struct spiking_writer_step step, const char *path,
    const char *name, const void *values) {
  step.path_bytes = strlen(path) + 1;
  step.name_bytes = strlen(name) + 1;
  if (spiking_process_send(writer->socket, &step, sizeof step) != 0
      || spiking_process_send(writer->socket, path, step.path_bytes) != 0
      || spiking_process_send(writer->socket, name, step.name_bytes) != 0)
    return -1;
  return spiking_process_send(writer->socket, values, step.value_bytes);
}

int spiking_writer_take(
    const struct spiking_writer *writer, struct spiking_writer_answer *answer) {
  return spiking_process_receive(writer->socket, answer, sizeof *answer);
}

int spiking_writer_stop(struct spiking_writer *writer) {
  if (writer->process <= 0) return 0;
  pid_t process = writer->process;
  writer->process = 0;
  return spiking_process_end(process, writer->socket);
}
