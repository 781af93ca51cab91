#ifndef SPIKING_PROCESS_H
#define SPIKING_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

/* Forks a process that has nothing of its parent but its memory and a socket to it. Returns as fork
   does, in both the socket to the other one. The process ends by _exit. */
pid_t spiking_process_fork(int *socket);

/* Closes the socket and ends the process, if it has not. Returns the signal that had ended it before, or 0. */
int spiking_process_end(pid_t process, int socket);

/* All bytes of a buffer, whatever signals come. Returns 0, or -1 where the other end is gone. */
int spiking_process_send(int socket, const void *bytes, size_t count);
int spiking_process_receive(int socket, void *bytes, size_t count);

#endif
