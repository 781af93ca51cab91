/* One function, several instruction sets: the dynamic linker picks the best that the processor has. It
   does so before a sanitizer is ready for what runs, so that programs under one have the plain kind. */
#if !defined(__has_feature)
#define __has_feature(feature) 0
#endif
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer) && \
    !__has_feature(address_sanitizer) && !__has_feature(memory_sanitizer)
#define SPIKING_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SPIKING_CLONES
#endif

/* A fused multiplication and addition rounds once where two operations round twice: without this the
   instruction sets would differ in the last bit. It holds for what follows in every file. */
#pragma STDC FP_CONTRACT OFF

#define SPIKING_INLINE static inline __attribute__((always_inline))
