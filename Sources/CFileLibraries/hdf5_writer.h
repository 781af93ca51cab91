#ifndef SPIKING_HDF5_WRITER_H
#define SPIKING_HDF5_WRITER_H

/* Makes the file, or empties it, and takes steps until one fails or nothing follows. */
void spiking_hdf5_write(int socket, const char *path);

#endif
