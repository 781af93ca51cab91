/* HDF5 is called here and in datasets.c only, in a process of its own. See hdf5_reader.h. */
#ifdef SPIKING_HDF5
#define _GNU_SOURCE

#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

enum { CHILDREN_BYTES = 64 << 20, WALL = 10 };

struct spiking_hdf5_server spiking_hdf5_state;

/* The system ends a process that computes for longer than this. Time in which it waits for the
   parent, who may be stopped, does not count; WALL times as much in other waiting does. */
static void set_timers(double seconds) {
  struct itimerval timer = {.it_value.tv_sec = (time_t)seconds};
  timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
  setitimer(ITIMER_PROF, &timer, NULL);
  alarm(seconds > 0 ? (unsigned)(seconds * WALL) + 1 : 0);
}

void spiking_hdf5_limit_time(double bytes) {
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

void spiking_hdf5_answer(const Answer *head, const void *bytes) {
  unsigned rest = alarm(0);
  if (spiking_hdf5_send(state.socket, head, sizeof *head) != 0
      || spiking_hdf5_send(state.socket, bytes, head->bytes) != 0)
    _exit(0);
  alarm(rest);
}

static void answer_outcome(enum spiking_hdf5_outcome outcome) {
  Answer head = {.outcome = outcome};
  spiking_hdf5_answer(&head, NULL);
}

void spiking_hdf5_answer_failure(const char *reason) {
  Answer head = {.outcome = SPIKING_HDF5_FAILED};
  strncpy(head.reason, reason, sizeof head.reason - 1);
  spiking_hdf5_answer(&head, NULL);
}

/* The error at the root of the others comes first. */
static herr_t note_error(unsigned index, const H5E_error2_t *error, void *data) {
  Answer *head = data;
  if (index == 0 && error->desc) strncpy(head->reason, error->desc, sizeof head->reason - 1);
  if (error->min_num == H5E_NOSPACE || error->min_num == H5E_CANTALLOC)
    head->outcome = SPIKING_HDF5_MEMORY;
  return 0;
}

/* Why the last call failed, in HDF5's words. */
void spiking_hdf5_answer_error(void) {
  Answer head = {.outcome = SPIKING_HDF5_FAILED, .reason = "HDF5 gives no reason"};
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_error, &head);
  spiking_hdf5_answer(&head, NULL);
}

/* Whether a path goes through a link to another file, which is not followed. */
static int leads_outside(const char *object) {
  char path[sizeof state.object];
  strcpy(path, object);
  for (char *end = path + 1; end[-1] != 0; end++) {
    if (*end != '/' && *end != 0) continue;
    char kept = *end;
    *end = 0;
    H5L_info_t link;
    int is_outside = H5Lget_info(state.file, path, &link, H5P_DEFAULT) >= 0
        && link.type != H5L_TYPE_HARD && link.type != H5L_TYPE_SOFT;
    *end = kept;
    if (is_outside) return 1;
  }
  return 0;
}

void spiking_hdf5_answer_absent(const char *object) {
  if (leads_outside(object))
    spiking_hdf5_answer_failure("it is a link to another file; such links are not followed");
  else
    answer_outcome(SPIKING_HDF5_ABSENT);
}

static int kind_of(H5O_type_t type) {
  if (type == H5O_TYPE_GROUP) return SPIKING_HDF5_GROUP;
  return type == H5O_TYPE_DATASET ? SPIKING_HDF5_DATASET_OBJECT : SPIKING_HDF5_OTHER_OBJECT;
}

static void answer_kind(const char *object) {
  H5O_info_t info;
  Answer head = {.outcome = SPIKING_HDF5_FOUND};
  if (H5Oget_info_by_name2(state.file, object, &info, H5O_INFO_BASIC, H5P_DEFAULT) >= 0)
    head.kind = kind_of(info.type);
  else if (leads_outside(object))
    head.kind = SPIKING_HDF5_ELSEWHERE;
  else
    head.outcome = SPIKING_HDF5_ABSENT;
  spiking_hdf5_answer(&head, NULL);
}

/* The links of a group as they are found. */
struct children {
  char *bytes;
  size_t count, capacity, links;
  const char *failure;
};

static herr_t add_child(hid_t group, const char *name, const H5L_info_t *link, void *data) {
  struct children *children = data;
  if (++children->links > SPIKING_HDF5_LINKS) {
    children->failure = "it has more than 100000 links";
    return 1;
  }
  if (link->type != H5L_TYPE_HARD) return 0;
  size_t length = strlen(name);
  if (length > SPIKING_HDF5_NAME) {
    children->failure = "it has a name of more than 1024 bytes";
    return 1;
  }
  H5O_info_t info;
  /* A damaged object is of no kind. */
  int exists = H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) >= 0;
  struct spiking_hdf5_child child = {
      .address = link->u.address,
      .kind = exists ? kind_of(info.type) : SPIKING_HDF5_OTHER_OBJECT,
      .name_bytes = (uint32_t)length,
  };
  size_t end = children->count + sizeof child + length;
  if (end > children->capacity) {
    size_t capacity = 2 * end;
    char *bytes = end <= CHILDREN_BYTES ? realloc(children->bytes, capacity) : NULL;
    if (!bytes) {
      children->failure = "its names are too long to be held";
      return 1;
    }
    children->bytes = bytes;
    children->capacity = capacity;
  }
  memcpy(children->bytes + children->count, &child, sizeof child);
  memcpy(children->bytes + children->count + sizeof child, name, length);
  children->count = end;
  return 0;
}

static void answer_children(const char *object) {
  hid_t group = H5Gopen2(state.file, object, H5P_DEFAULT);
  if (group < 0) {
    spiking_hdf5_answer_absent(object);
    return;
  }
  struct children children = {0};
  herr_t status = H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, add_child, &children);
  if (children.failure) {
    spiking_hdf5_answer_failure(children.failure);
  } else if (status < 0) {
    spiking_hdf5_answer_error();
  } else {
    Answer head = {.outcome = SPIKING_HDF5_FOUND, .bytes = children.count};
    spiking_hdf5_answer(&head, children.bytes);
  }
  free(children.bytes);
  H5Gclose(group);
}

static void answer_number(hid_t attribute, hid_t type) {
  Answer head = {.outcome = SPIKING_HDF5_OTHER};
  H5T_class_t class = H5Tget_class(type);
  if ((class == H5T_INTEGER || class == H5T_FLOAT)
      && H5Aread(attribute, H5T_NATIVE_DOUBLE, &head.number) >= 0)
    head.outcome = SPIKING_HDF5_FOUND;
  spiking_hdf5_answer(&head, NULL);
}

static void answer_text(hid_t attribute, hid_t type) {
  Answer head = {.outcome = SPIKING_HDF5_OTHER};
  char *text = state.block.bytes, *variable = NULL;
  size_t size = H5Tget_size(type);
  if (H5Tget_class(type) == H5T_STRING) {
    if (H5Tis_variable_str(type) > 0) {
      /* HDF5 allocates texts of variable length. */
      if (H5Aread(attribute, type, &variable) >= 0 && variable) {
        text = variable;
        head.outcome = SPIKING_HDF5_FOUND;
      }
    } else if (size <= SPIKING_HDF5_TEXT_BYTES && H5Aread(attribute, type, text) >= 0) {
      /* Texts of fixed length end there, or earlier with a zero. */
      text[size] = 0;
      head.outcome = SPIKING_HDF5_FOUND;
    }
  }
  if (head.outcome == SPIKING_HDF5_FOUND) head.bytes = strlen(text);
  if (head.bytes > SPIKING_HDF5_TEXT_BYTES) head = (Answer){.outcome = SPIKING_HDF5_OTHER};
  spiking_hdf5_answer(&head, text);
  if (variable) H5free_memory(variable);
}

static void answer_attribute(const char *object, const char *name, int is_text) {
  hid_t attribute = H5Aopen_by_name(state.file, object, name, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0) {
    answer_outcome(SPIKING_HDF5_ABSENT);
    return;
  }
  hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
  if (H5Sget_simple_extent_npoints(space) != 1)
    answer_outcome(SPIKING_HDF5_OTHER);
  else if (is_text)
    answer_text(attribute, type);
  else
    answer_number(attribute, type);
  H5Tclose(type);
  H5Sclose(space);
  H5Aclose(attribute);
}

static void answer_request(const struct spiking_hdf5_request *request) {
  H5Eclear2(H5E_DEFAULT);
  switch (request->question) {
  case SPIKING_HDF5_KIND: answer_kind(state.object); return;
  case SPIKING_HDF5_CHILDREN: answer_children(state.object); return;
  case SPIKING_HDF5_NUMBER: answer_attribute(state.object, state.attribute, 0); return;
  case SPIKING_HDF5_TEXT: answer_attribute(state.object, state.attribute, 1); return;
  case SPIKING_HDF5_DATASET: spiking_hdf5_answer_dataset(state.object); return;
  case SPIKING_HDF5_REALS: spiking_hdf5_answer_values(state.object, 1); return;
  case SPIKING_HDF5_INTEGERS: spiking_hdf5_answer_values(state.object, 0); return;
  case SPIKING_HDF5_TEXTS: spiking_hdf5_answer_texts(state.object); return;
  default: _exit(0);
  }
}

/* Opens the file, after which the system lets the process open no other one, whatever the library
   or what is in the file would. Answers an outcome. */
static void open_file(const char *path) {
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  H5PLset_loading_state(0);
  H5Lunregister(H5L_TYPE_EXTERNAL);
  struct stat status;
  if (stat(path, &status) == 0) state.file_bytes = (uint64_t)status.st_size;
  spiking_hdf5_limit_time(0);
  if (H5Fis_hdf5(path) == 0) {
    answer_outcome(SPIKING_HDF5_OTHER);
    _exit(0);
  }
  state.file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  if (state.file < 0) {
    spiking_hdf5_answer_error();
    _exit(0);
  }
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_NOFILE, &none);
  answer_outcome(SPIKING_HDF5_FOUND);
}

void spiking_hdf5_serve(int socket, const char *path, struct spiking_hdf5_limits limits) {
  state.socket = socket;
  state.limits = limits;
  watch_parent();
  open_file(path);
  for (;;) {
    set_timers(0);
    struct spiking_hdf5_request request;
    if (spiking_hdf5_receive(socket, &request, sizeof request) != 0
        || request.object_bytes > sizeof state.object
        || request.attribute_bytes > sizeof state.attribute
        || spiking_hdf5_receive(socket, state.object, request.object_bytes) != 0
        || spiking_hdf5_receive(socket, state.attribute, request.attribute_bytes) != 0)
      return;
    spiking_hdf5_limit_time(0);
    answer_request(&request);
  }
}
#endif
