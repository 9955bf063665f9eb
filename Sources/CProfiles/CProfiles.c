#include "CProfiles.h"

// #embed is C23; clang has it in every C, and only says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char base[] = {
#embed "../../Profiles/base.yaml"
};
static const unsigned char database_client[] = {
#embed "../../Profiles/database-client.yaml"
};
static const unsigned char reverse_proxy[] = {
#embed "../../Profiles/reverse-proxy.yaml"
};
static const unsigned char server[] = {
#embed "../../Profiles/server.yaml"
};

static const struct embedded_profile profiles[] = {
    {"base", base, sizeof base},
    {"database-client", database_client, sizeof database_client},
    {"reverse-proxy", reverse_proxy, sizeof reverse_proxy},
    {"server", server, sizeof server},
};

size_t embedded_profile_count(void) { return sizeof profiles / sizeof *profiles; }

struct embedded_profile embedded_profile(size_t index) { return profiles[index]; }
