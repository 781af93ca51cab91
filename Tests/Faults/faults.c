/* Lets calls of the system fail in a program that is started with this library in LD_PRELOAD, as on a
   disk that is full or broken:

     FAULT_CALL    write, rename, fsync, or reserve (the taking of room)
     FAULT_ERROR   the number of the error, such as 28 for ENOSPC
     FAULT_FOLDER  only files whose path begins so
     FAULT_AFTER   writes: how many bytes go well before; others: how many calls
     FAULT_TIMES   how often it fails; without, always from then on

   `write` stands for write, pwrite and fwrite, which C libraries call. A write that reaches the limit writes
   what has room and reports that, as a disk does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static _Atomic long used, failures;

static long number(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text ? atol(text) : otherwise;
}

static int concerns(const char *call, const char *path) {
  const char *wanted = getenv("FAULT_CALL"), *folder = getenv("FAULT_FOLDER");
  return wanted && strcmp(wanted, call) == 0 &&
         (!folder || strncmp(path, folder, strlen(folder)) == 0);
}

static int concerns_file(const char *call, int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return concerns(call, path);
}

/* How many of `count` units go well. */
static size_t room(size_t count) {
  long left = number("FAULT_AFTER", 0) - atomic_fetch_add(&used, (long)count);
  if (left >= (long)count) return count;
  if (left > 0) return (size_t)left;
  if (atomic_fetch_add(&failures, 1) >= number("FAULT_TIMES", 1L << 60)) return count;
  errno = (int)number("FAULT_ERROR", EIO);
  return 0;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
  if (count && concerns_file("write", file) && !(count = room(count))) return -1;
  return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  if (count && concerns_file("write", file) && !(count = room(count))) return -1;
  return real(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  if (count && concerns_file("write", file) && !(count = room(count))) return -1;
  return real(file, bytes, count, offset);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream) {
  REAL(fwrite);
  size_t total = size * count, possible;
  if (!total || !concerns_file("write", fileno(stream)) || (possible = room(total)) == total)
    return real(bytes, size, count, stream);
  int error = errno;
  real(bytes, 1, possible, stream);
  errno = possible ? (int)number("FAULT_ERROR", EIO) : error;
  return possible / size;
}

int posix_fallocate(int file, off_t offset, off_t length) {
  REAL(posix_fallocate);
  if (concerns_file("reserve", file) && !room(1)) return errno;
  return real(file, offset, length);
}

int posix_fallocate64(int file, off64_t offset, off64_t length) {
  REAL(posix_fallocate64);
  if (concerns_file("reserve", file) && !room(1)) return errno;
  return real(file, offset, length);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  char path[8192] = "";
  if (to[0] != '/' && getcwd(path, 4096)) strcat(path, "/");
  strncat(path, to, 4000);
  return concerns("rename", path) && !room(1) ? -1 : real(from, to);
}

int fsync(int file) {
  REAL(fsync);
  return concerns_file("fsync", file) && !room(1) ? -1 : real(file);
}
