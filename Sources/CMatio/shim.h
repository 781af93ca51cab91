/* matio, where pkg-config finds it. */
#ifndef SPIKING_CMATIO_H
#define SPIKING_CMATIO_H

#include <matio.h>

#endif
