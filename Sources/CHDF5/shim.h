/* HDF5, where pkg-config finds it. */
#ifndef SPIKING_CHDF5_H
#define SPIKING_CHDF5_H

/* One name for each function, whichever version of the library it is. */
#define H5_USE_110_API
#include <hdf5.h>

#endif
