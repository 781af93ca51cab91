/* _GNU_SOURCE for SOCK_CLOEXEC, F_DUPFD_CLOEXEC and syscall. */
#define _GNU_SOURCE

#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

int spiking_process_send(int socket, const void *bytes, size_t count) {
  const char *next = bytes;
  while (count > 0) {
    ssize_t sent = send(socket, next, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return -1;
    next += sent;
    count -= (size_t)sent;
  }
  return 0;
}

int spiking_process_receive(int socket, void *bytes, size_t count) {
  char *next = bytes;
  while (count > 0) {
    ssize_t taken = recv(socket, next, count, 0);
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) return -1;
    next += taken;
    count -= (size_t)taken;
  }
  return 0;
}

/* Moves a descriptor away from the standard streams, which may be closed: what is printed must not
   go into the socket. */
static int beyond_streams(int descriptor) {
  if (descriptor < 0) return -1;
  int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  int error = errno;
  close(descriptor);
  errno = error;
  return moved;
}

static int make_sockets(int ends[2]) {
#ifdef SOCK_CLOEXEC
  int type = SOCK_STREAM | SOCK_CLOEXEC;
#else
  int type = SOCK_STREAM;
#endif
  if (socketpair(AF_UNIX, type, 0, ends) != 0) return -1;
  ends[0] = beyond_streams(ends[0]);
  ends[1] = beyond_streams(ends[1]);
  if (ends[0] < 0 || ends[1] < 0) {
    int error = errno;
    for (int i = 0; i < 2; i++)
      if (ends[i] >= 0) close(ends[i]);
    errno = error;
    return -1;
  }
#ifdef SO_NOSIGPIPE
  int on = 1;
  for (int i = 0; i < 2; i++) setsockopt(ends[i], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  return 0;
}

/* Gives up all that the process has from its parent but the socket, which becomes descriptor 3. */
static void leave_descriptors(int socket) {
  dup2(socket, 3);
  int nothing = open("/dev/null", O_RDWR);
  for (int stream = 0; stream < 3; stream++)
    if (nothing >= 0) dup2(nothing, stream);
#ifdef SYS_close_range
  if (syscall(SYS_close_range, 4u, ~0u, 0u) == 0) return;
#endif
  struct rlimit open_files;
  int end = 65536;
  if (getrlimit(RLIMIT_NOFILE, &open_files) == 0 && open_files.rlim_cur < (rlim_t)end)
    end = (int)open_files.rlim_cur;
  for (int descriptor = 4; descriptor < end; descriptor++) close(descriptor);
}

/* Signals as a new process has them: a crash ends it, without the handlers of the parent. Those by
   which a user ends a program go to the whole group; it is the parent that ends this process. */
static void reset_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
  action.sa_handler = SIG_IGN;
  /* A file that may grow no more is an error of the call that writes. */
  const int ignored[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT,
                         SIGPIPE, SIGUSR1, SIGUSR2, SIGXFSZ};
  for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
    sigaction(ignored[i], &action, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

pid_t spiking_process_fork(int *socket) {
  int ends[2];
  if (make_sockets(ends) != 0) return -1;
  /* No handler of the parent runs in the child. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t process = fork();
  if (process == 0) {
    reset_signals();
    leave_descriptors(ends[1]);
    *socket = 3;
    return 0;
  }
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(ends[1]);
  if (process < 0) close(ends[0]);
  *socket = ends[0];
  errno = error;
  return process;
}

int spiking_process_end(pid_t process, int socket) {
  /* A process that closed its end is ending; any other one may be busy, and has nothing to lose. */
  char byte;
  ssize_t taken = recv(socket, &byte, 1, MSG_DONTWAIT);
  if (taken != 0 && !(taken < 0 && errno == ECONNRESET)) kill(process, SIGKILL);
  close(socket);
  int status = 0;
  pid_t waited;
  while ((waited = waitpid(process, &status, 0)) < 0 && errno == EINTR) {}
  return waited > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}
