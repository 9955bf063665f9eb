#pragma once
#include <stddef.h>

/// A file of the repository, as it was when the program was built.
struct embedded_file {
  /// Without folder and extension.
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t length;
};

struct embedded_files {
  const struct embedded_file *_Nonnull first;
  size_t count;
};

/// The folder Profiles, without its subfolders.
struct embedded_files embedded_profiles(void);

/// The folder Profiles/catalogue: what every profile knows.
struct embedded_files embedded_catalogue(void);

/// The folder Sources/Laboratory/Facts/Scripts, in the order in which facts are shown.
struct embedded_files embedded_facts(void);

/// The folder Sources/InputFiles/Manual/Pages: prose for the pages of the manual.
struct embedded_files embedded_manual(void);
