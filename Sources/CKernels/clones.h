/* One function, several instruction sets: the dynamic linker picks the best that the processor has. */
#if defined(__x86_64__) && defined(__linux__)
#define SPIKING_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SPIKING_CLONES
#endif

/* A fused multiplication and addition rounds once where two operations round twice: without this the
   instruction sets would differ in the last bit. It holds for what follows in every file. */
#pragma STDC FP_CONTRACT OFF

#define SPIKING_INLINE static inline __attribute__((always_inline))
