/* What the process does whatever the library: it keeps to its time, and to its parent. */
#define _GNU_SOURCE

#include "server.h"

#include "library.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { WALL = 10 };

struct spiking_reader_server spiking_reader_state;

/* The system ends a process that computes for longer than this. Time in which it waits for the
   parent, who may be stopped, does not count; WALL times as much in other waiting does. */
static void set_timers(double seconds) {
  struct itimerval timer = {.it_value.tv_sec = (time_t)seconds};
  timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
  setitimer(ITIMER_PROF, &timer, NULL);
  alarm(seconds > 0 ? (unsigned)(seconds * WALL) + 1 : 0);
}

void spiking_reader_limit_time(double bytes) {
  set_timers(state.limits.seconds + ((double)state.file_bytes + bytes) / (32 << 20));
}

/* A parent that is gone closes the socket: no more need be computed. */
static void end_with_parent(int signal) {
  (void)signal;
  char byte;
  int error = errno;
  if (recv(state.socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) _exit(0);
  errno = error;
}

static void watch_parent(void) {
  struct sigaction action = {.sa_handler = end_with_parent, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGIO, &action, NULL);
  fcntl(state.socket, F_SETOWN, getpid());
  fcntl(state.socket, F_SETFL, fcntl(state.socket, F_GETFL) | O_ASYNC);
}

void spiking_reader_answer(const Answer *head, const void *bytes) {
  unsigned rest = alarm(0);
  if (spiking_process_send(state.socket, head, sizeof *head) != 0
      || spiking_process_send(state.socket, bytes, head->bytes) != 0)
    _exit(0);
  alarm(rest);
}

void spiking_reader_answer_outcome(enum spiking_reader_outcome outcome) {
  Answer head = {.outcome = outcome};
  spiking_reader_answer(&head, NULL);
}

void spiking_reader_answer_failure(const char *reason) {
  Answer head = {.outcome = SPIKING_READER_FAILED};
  strncpy(head.reason, reason, sizeof head.reason - 1);
  spiking_reader_answer(&head, NULL);
}

static const struct spiking_reader_functions *functions_of(enum spiking_reader_library library) {
#ifdef SPIKING_HDF5
  if (library == SPIKING_READER_HDF5) return &spiking_reader_hdf5;
#endif
#ifdef SPIKING_MATIO
  if (library == SPIKING_READER_MATIO) return &spiking_reader_matio;
#endif
  (void)library;
  return NULL;
}

int spiking_reader_has(enum spiking_reader_library library) { return functions_of(library) != NULL; }

void spiking_reader_serve(
    int socket, const char *path, enum spiking_reader_library library,
    struct spiking_reader_limits limits) {
  const struct spiking_reader_functions *functions = functions_of(library);
  if (!functions) return;
  state.socket = socket;
  state.limits = limits;
  watch_parent();
  functions->open(path);
  for (;;) {
    set_timers(0);
    struct spiking_reader_request request;
    if (spiking_process_receive(socket, &request, sizeof request) != 0
        || request.object_bytes > sizeof state.object
        || request.attribute_bytes > sizeof state.attribute
        || spiking_process_receive(socket, state.object, request.object_bytes) != 0
        || spiking_process_receive(socket, state.attribute, request.attribute_bytes) != 0)
      return;
    spiking_reader_limit_time(0);
    functions->answer(request.question);
  }
}
