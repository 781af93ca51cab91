/* libzip, for the .npz files of SpikingFormats. */
#ifndef SPIKING_CZIP_H
#define SPIKING_CZIP_H
#include <zip.h>
#endif
