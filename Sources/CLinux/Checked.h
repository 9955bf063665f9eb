// What a call returned, or -errno.
#ifndef CHECKED_H
#define CHECKED_H

#include <errno.h>

static inline int checked(long result) { return result == -1 ? -errno : (int)result; }

#endif
