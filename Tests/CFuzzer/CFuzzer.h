#include <stddef.h>
#include <stdint.h>

/// The driver of libFuzzer, which clang's runtime has: tries inputs until its time is over, and ends the
/// process.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *data, size_t size));
