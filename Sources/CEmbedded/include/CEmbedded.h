#pragma once
#include <stddef.h>

/// A file of the folder Profiles, as it was when the program was built.
struct embedded_profile {
  /// Without `.yaml`.
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t length;
};

size_t embedded_profile_count(void);

/// The profile of an index below the count.
struct embedded_profile embedded_profile(size_t index);
