/* HDF5 reads here, in hdf5_datasets.c and in hdf5_texts.c only, in a process of its own. See reader.h. */
#ifdef SPIKING_HDF5
#define _GNU_SOURCE

#include "hdf5_tree.h"

#include "library.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct spiking_reader_tree spiking_reader_tree_state;

/* The error at the root of the others comes first. */
static herr_t note_error(unsigned index, const H5E_error2_t *error, void *data) {
  Answer *head = data;
  if (index == 0 && error->desc) strncpy(head->reason, error->desc, sizeof head->reason - 1);
  if (error->min_num == H5E_NOSPACE || error->min_num == H5E_CANTALLOC)
    head->outcome = SPIKING_READER_MEMORY;
  return 0;
}

/* Why the last call failed, in HDF5's words. */
void spiking_reader_answer_error(void) {
  Answer head = {.outcome = SPIKING_READER_FAILED, .reason = "HDF5 gives no reason"};
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_error, &head);
  spiking_reader_answer(&head, NULL);
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
    int is_outside = H5Lget_info(hdf5.origin, path, &link, H5P_DEFAULT) >= 0
        && link.type != H5L_TYPE_HARD && link.type != H5L_TYPE_SOFT;
    *end = kept;
    if (is_outside) return 1;
  }
  return 0;
}

void spiking_reader_answer_absent(const char *object) {
  if (leads_outside(object))
    spiking_reader_answer_failure("it is a link to another file; such links are not followed");
  else
    spiking_reader_answer_outcome(SPIKING_READER_ABSENT);
}

static int kind_of(H5O_type_t type) {
  if (type == H5O_TYPE_GROUP) return SPIKING_READER_GROUP;
  return type == H5O_TYPE_DATASET ? SPIKING_READER_DATASET_OBJECT : SPIKING_READER_OTHER_OBJECT;
}

static void answer_kind(const char *object) {
  H5O_info_t info;
  Answer head = {.outcome = SPIKING_READER_FOUND};
  if (H5Oget_info_by_name2(hdf5.origin, object, &info, H5O_INFO_BASIC, H5P_DEFAULT) >= 0)
    head.kind = kind_of(info.type);
  else if (leads_outside(object))
    head.kind = SPIKING_READER_ELSEWHERE;
  else
    head.outcome = SPIKING_READER_ABSENT;
  spiking_reader_answer(&head, NULL);
}

/* The links of a group as they are found. */
struct children {
  char *bytes;
  size_t count, capacity, links;
  const char *failure;
};

static herr_t add_child(hid_t group, const char *name, const H5L_info_t *link, void *data) {
  struct children *children = data;
  if (++children->links > SPIKING_READER_LINKS) {
    children->failure = "it has more than 100000 links";
    return 1;
  }
  if (link->type != H5L_TYPE_HARD) return 0;
  size_t length = strlen(name);
  if (length > SPIKING_READER_NAME) {
    children->failure = "it has a name of more than 1024 bytes";
    return 1;
  }
  H5O_info_t info;
  /* A damaged object is of no kind. */
  int exists = H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) >= 0;
  struct spiking_reader_child child = {
      .address = link->u.address,
      .kind = exists ? kind_of(info.type) : SPIKING_READER_OTHER_OBJECT,
      .name_bytes = (uint32_t)length,
  };
  size_t end = children->count + sizeof child + length;
  if (end > children->capacity) {
    size_t capacity = 2 * end;
    char *bytes = end <= SPIKING_READER_CHILDREN_BYTES ? realloc(children->bytes, capacity) : NULL;
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
  hid_t group = H5Gopen2(hdf5.origin, object, H5P_DEFAULT);
  if (group < 0) {
    spiking_reader_answer_absent(object);
    return;
  }
  struct children children = {0};
  herr_t status = H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, add_child, &children);
  if (children.failure) {
    spiking_reader_answer_failure(children.failure);
  } else if (status < 0) {
    spiking_reader_answer_error();
  } else {
    Answer head = {.outcome = SPIKING_READER_FOUND, .bytes = children.count};
    spiking_reader_answer(&head, children.bytes);
  }
  free(children.bytes);
  H5Gclose(group);
}

static void answer_number(hid_t attribute, hid_t type) {
  Answer head = {.outcome = SPIKING_READER_OTHER};
  H5T_class_t class = H5Tget_class(type);
  if ((class == H5T_INTEGER || class == H5T_FLOAT)
      && H5Aread(attribute, H5T_NATIVE_DOUBLE, &head.number) >= 0)
    head.outcome = SPIKING_READER_FOUND;
  spiking_reader_answer(&head, NULL);
}

static void answer_text(hid_t attribute, hid_t type) {
  Answer head = {.outcome = SPIKING_READER_OTHER};
  char *text = state.block.bytes, *variable = NULL;
  size_t size = H5Tget_size(type);
  if (H5Tget_class(type) == H5T_STRING) {
    if (H5Tis_variable_str(type) > 0) {
      /* HDF5 allocates texts of variable length. */
      if (H5Aread(attribute, type, &variable) >= 0 && variable) {
        text = variable;
        head.outcome = SPIKING_READER_FOUND;
      }
    } else if (size <= SPIKING_READER_TEXT_BYTES && H5Aread(attribute, type, text) >= 0) {
      /* Texts of fixed length end there, or earlier with a zero. */
      text[size] = 0;
      head.outcome = SPIKING_READER_FOUND;
    }
  }
  if (head.outcome == SPIKING_READER_FOUND) head.bytes = strlen(text);
  if (head.bytes > SPIKING_READER_TEXT_BYTES) head = (Answer){.outcome = SPIKING_READER_OTHER};
  spiking_reader_answer(&head, text);
  if (variable) H5free_memory(variable);
}

static void answer_attribute(const char *object, const char *name, int is_text) {
  hid_t attribute = H5Aopen_by_name(hdf5.origin, object, name, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0) {
    spiking_reader_answer_outcome(SPIKING_READER_ABSENT);
    return;
  }
  hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
  if (H5Sget_simple_extent_npoints(space) != 1)
    spiking_reader_answer_outcome(SPIKING_READER_OTHER);
  else if (is_text)
    answer_text(attribute, type);
  else
    answer_number(attribute, type);
  H5Tclose(type);
  H5Sclose(space);
  H5Aclose(attribute);
}

/* What a path starts from, and the rest of it: "&address/…" starts from the object at that address,
   which a reference leads to. Returns null where it leads to none. */
static const char *start_of(const char *path) {
  hdf5.origin = hdf5.file;
  if (*path != '&') return path;
  char *rest;
  hobj_ref_t address = strtoull(path + 1, &rest, 10);
  hdf5.origin = H5Rdereference2(hdf5.file, H5P_DEFAULT, H5R_OBJECT, &address);
  if (hdf5.origin < 0) return NULL;
  return *rest == '/' ? rest + 1 : ".";
}

static void answer_about(uint32_t question, const char *object) {
  switch (question) {
  case SPIKING_READER_KIND: answer_kind(object); return;
  case SPIKING_READER_CHILDREN: answer_children(object); return;
  case SPIKING_READER_NUMBER: answer_attribute(object, state.attribute, 0); return;
  case SPIKING_READER_TEXT: answer_attribute(object, state.attribute, 1); return;
  case SPIKING_READER_DATASET: spiking_reader_answer_dataset(object); return;
  case SPIKING_READER_REALS: spiking_reader_answer_values(object, 1); return;
  case SPIKING_READER_INTEGERS: spiking_reader_answer_values(object, 0); return;
  case SPIKING_READER_TEXTS: spiking_reader_answer_texts(object); return;
  default: _exit(0);
  }
}

static void answer(uint32_t question) {
  H5Eclear2(H5E_DEFAULT);
  const char *object = start_of(state.object);
  if (object)
    answer_about(question, object);
  else
    spiking_reader_answer_outcome(SPIKING_READER_ABSENT);
  if (hdf5.origin >= 0 && hdf5.origin != hdf5.file) H5Oclose(hdf5.origin);
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
  spiking_reader_limit_time(0);
  if (H5Fis_hdf5(path) == 0) {
    spiking_reader_answer_outcome(SPIKING_READER_OTHER);
    _exit(0);
  }
  hdf5.file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  if (hdf5.file < 0) {
    spiking_reader_answer_error();
    _exit(0);
  }
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_NOFILE, &none);
  spiking_reader_answer_outcome(SPIKING_READER_FOUND);
}

const struct spiking_reader_functions spiking_reader_hdf5 = {open_file, answer};
#endif
