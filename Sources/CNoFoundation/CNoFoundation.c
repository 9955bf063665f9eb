#include "CNoFoundation.h"

// ArgumentParser asks Foundation for two things: whether an error is a LocalizedError, which none of
// ours is, and JSON for the hidden --experimental-dump-help. They would bring in a third of the
// binary. A linker takes a member of an archive only for a symbol that no object has, and these are
// the symbols. They are weak: where something else brings Foundation in after all, its own prevail.
//
// Only for `make build`, which links statically: in a shared Foundation they would be in the way.
#ifdef TCPADVISOR_WITHOUT_FOUNDATION

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

/// A protocol without requirements and the module it is of, as `TargetProtocolDescriptor` and
/// `TargetModuleContextDescriptor` in Swift's ABI/Metadata.h lay them out.
struct protocol_descriptor {
  uint32_t flags;
  int32_t parent, name;
  uint32_t signature_requirements, requirements;
  int32_t associated_types;

  uint32_t module_flags;
  int32_t module_parent, module_name;

  char name_text[sizeof "LocalizedError"], module_name_text[sizeof "FoundationEssentials"];
};

enum { module_kind = 0, protocol_kind = 3, unique = 0x40, any_type_conforms = 0x10000 };

/// Pointers there count from their own field.
#define FROM(field, to) \
  (offsetof(struct protocol_descriptor, to) - offsetof(struct protocol_descriptor, field))

__attribute__((weak)) extern const struct protocol_descriptor localized_error __asm__(
    "$s20FoundationEssentials14LocalizedErrorMp");
const struct protocol_descriptor localized_error = {
    .flags = protocol_kind | unique | any_type_conforms,
    .parent = FROM(parent, module_flags),
    .name = FROM(name, name_text),
    .module_flags = module_kind | unique,
    .module_name = FROM(module_name, module_name_text),
    .name_text = "LocalizedError",
    .module_name_text = "FoundationEssentials",
};

static _Noreturn void refuse(void) {
  dprintf(STDERR_FILENO, "tcpadvisor: --experimental-dump-help is left out of this build\n");
  _exit(2);
}

#define ABSENT(name, symbol) \
  __attribute__((weak)) _Noreturn void name(void) __asm__(symbol); \
  void name(void) { refuse(); }

ABSENT(encoder_type, "$s20FoundationEssentials11JSONEncoderCMa")
ABSENT(encoder_init, "$s20FoundationEssentials11JSONEncoderCACycfc")
ABSENT(sorted_keys, "$s20FoundationEssentials11JSONEncoderC16OutputFormattingV10sortedKeysAEvau")
ABSENT(pretty_printed,
       "$s20FoundationEssentials11JSONEncoderC16OutputFormattingV13prettyPrintedAEvau")
ABSENT(utf8, "$sSS20FoundationEssentialsE8EncodingV4utf8ACvau")
ABSENT(text_of_data, "$sSS20FoundationEssentialsE4data8encodingSSSgAA4DataVh_SSAAE8EncodingVtcfC")

#endif
