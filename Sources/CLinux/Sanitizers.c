// What the sanitizers of `make sanitize` are told: built in, as a program that is started with an
// environment of its own does not have their variables. Nothing of it is in any other build.

#if __has_feature(address_sanitizer)
// Swift's run time keeps what it makes once. No command ends with that status, and tests that ask for 1 do
// not take a report for what they ask for.
const char *__asan_default_options(void) { return "detect_leaks=0:exitcode=99"; }
#endif
