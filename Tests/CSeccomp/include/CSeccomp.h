// Errors of system calls that nothing else provokes.
#ifndef CSECCOMP_H
#define CSECCOMP_H

// From now on, and in this thread alone, these calls fail with an error: connect of a descriptor,
// socket of an address family. Both return 0, or -errno where this machine refuses such a filter.
int cseccomp_refuse_connect(int descriptor, int error);
int cseccomp_refuse_socket(int family, int error);

#endif
