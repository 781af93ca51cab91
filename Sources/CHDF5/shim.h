/* HDF5, for the .nwb files of SpikingFormats. */
#ifndef SPIKING_CHDF5_H
#define SPIKING_CHDF5_H

/* Debian keeps the serial library beside those for MPI. */
#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

/* HDF5's constants are macros that first open the library, or cast: Swift imports neither. */
static inline hid_t spiking_hdf5_double(void) { return H5T_NATIVE_DOUBLE; }

static inline hid_t spiking_hdf5_integer(void) { return H5T_NATIVE_INT64; }

static inline hid_t spiking_hdf5_default(void) { return H5P_DEFAULT; }

static inline hid_t spiking_hdf5_open(const char *path) {
  return H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
}

/* A function of several versions, between which a macro chooses. */
static inline int spiking_hdf5_is_soft_link(hid_t group, const char *name) {
  H5L_info_t link;
  return H5Lget_info(group, name, &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_SOFT;
}

/* Errors become values: HDF5 itself prints none. */
static inline void spiking_hdf5_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

/* Goes through the errors of the last call, the one at the root of the others first. */
static inline void spiking_hdf5_errors(H5E_walk2_t visit, void *data) {
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, visit, data);
}

#endif
