/* One function, several instruction sets: the dynamic linker picks the best that the processor has. */
#if defined(__x86_64__) && defined(__linux__)
#define SPIKING_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SPIKING_CLONES
#endif

#define SPIKING_INLINE static inline __attribute__((always_inline))
