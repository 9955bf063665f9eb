#include "CEmbedded.h"

// #embed is C23; clang has it in every C, and only says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char base[] = {
#embed "../../Profiles/base.yaml"
};
static const unsigned char bastion[] = {
#embed "../../Profiles/bastion.yaml"
};
static const unsigned char database_client[] = {
#embed "../../Profiles/database-client.yaml"
};
static const unsigned char database_server[] = {
#embed "../../Profiles/database-server.yaml"
};
static const unsigned char high_availability[] = {
#embed "../../Profiles/high-availability.yaml"
};
static const unsigned char kubernetes_pod[] = {
#embed "../../Profiles/kubernetes-pod.yaml"
};
static const unsigned char long_haul[] = {
#embed "../../Profiles/long-haul.yaml"
};
static const unsigned char message_broker[] = {
#embed "../../Profiles/message-broker.yaml"
};
static const unsigned char reverse_proxy[] = {
#embed "../../Profiles/reverse-proxy.yaml"
};
static const unsigned char rpc_client[] = {
#embed "../../Profiles/rpc-client.yaml"
};
static const unsigned char server[] = {
#embed "../../Profiles/server.yaml"
};
static const unsigned char web_frontend[] = {
#embed "../../Profiles/web-frontend.yaml"
};

static const struct embedded_profile profiles[] = {
    {"base", base, sizeof base},
    {"bastion", bastion, sizeof bastion},
    {"database-client", database_client, sizeof database_client},
    {"database-server", database_server, sizeof database_server},
    {"high-availability", high_availability, sizeof high_availability},
    {"kubernetes-pod", kubernetes_pod, sizeof kubernetes_pod},
    {"long-haul", long_haul, sizeof long_haul},
    {"message-broker", message_broker, sizeof message_broker},
    {"reverse-proxy", reverse_proxy, sizeof reverse_proxy},
    {"rpc-client", rpc_client, sizeof rpc_client},
    {"server", server, sizeof server},
    {"web-frontend", web_frontend, sizeof web_frontend},
};

size_t embedded_profile_count(void) { return sizeof profiles / sizeof *profiles; }

struct embedded_profile embedded_profile(size_t index) { return profiles[index]; }
