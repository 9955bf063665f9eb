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

static const unsigned char files[] = {
#embed "../../Profiles/catalogue/files.yaml"
};
static const unsigned char software[] = {
#embed "../../Profiles/catalogue/software.yaml"
};

static const struct embedded_file profiles[] = {
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

static const unsigned char connect[] = {
#embed "../Laboratory/Facts/Scripts/connect.facts"
};
static const unsigned char routes[] = {
#embed "../Laboratory/Facts/Scripts/routes.facts"
};
static const unsigned char reuse[] = {
#embed "../Laboratory/Facts/Scripts/reuse.facts"
};
static const unsigned char restarts[] = {
#embed "../Laboratory/Facts/Scripts/restarts.facts"
};
static const unsigned char options[] = {
#embed "../Laboratory/Facts/Scripts/options.facts"
};
static const unsigned char ticks[] = {
#embed "../Laboratory/Facts/Scripts/ticks.facts"
};

static const struct embedded_file catalogue[] = {
    {"files", files, sizeof files},
    {"software", software, sizeof software},
};

static const struct embedded_file facts[] = {
    {"connect", connect, sizeof connect},
    {"routes", routes, sizeof routes},
    {"reuse", reuse, sizeof reuse},
    {"restarts", restarts, sizeof restarts},
    {"options", options, sizeof options},
    {"ticks", ticks, sizeof ticks},
};

static const unsigned char manual_advise[] = {
#embed "../InputFiles/Manual/Pages/advise.mdoc"
};
static const unsigned char manual_check[] = {
#embed "../InputFiles/Manual/Pages/check.mdoc"
};
static const unsigned char manual_emit[] = {
#embed "../InputFiles/Manual/Pages/emit.mdoc"
};
static const unsigned char manual_explain[] = {
#embed "../InputFiles/Manual/Pages/explain.mdoc"
};
static const unsigned char manual_files[] = {
#embed "../InputFiles/Manual/Pages/files.mdoc"
};
static const unsigned char manual_fleet[] = {
#embed "../InputFiles/Manual/Pages/fleet.mdoc"
};
static const unsigned char manual_lint[] = {
#embed "../InputFiles/Manual/Pages/lint.mdoc"
};
static const unsigned char manual_manual[] = {
#embed "../InputFiles/Manual/Pages/manual.mdoc"
};
static const unsigned char manual_measure[] = {
#embed "../InputFiles/Manual/Pages/measure.mdoc"
};
static const unsigned char manual_model[] = {
#embed "../InputFiles/Manual/Pages/model.mdoc"
};
static const unsigned char manual_probe[] = {
#embed "../InputFiles/Manual/Pages/probe.mdoc"
};
static const unsigned char manual_profile[] = {
#embed "../InputFiles/Manual/Pages/profile.mdoc"
};
static const unsigned char manual_profiles[] = {
#embed "../InputFiles/Manual/Pages/profiles.mdoc"
};
static const unsigned char manual_schema[] = {
#embed "../InputFiles/Manual/Pages/schema.mdoc"
};
static const unsigned char manual_snapshot[] = {
#embed "../InputFiles/Manual/Pages/snapshot.mdoc"
};
static const unsigned char manual_sockets[] = {
#embed "../InputFiles/Manual/Pages/sockets.mdoc"
};
static const unsigned char manual_tcpadvisor[] = {
#embed "../InputFiles/Manual/Pages/tcpadvisor.mdoc"
};

static const struct embedded_file manual[] = {
    {"advise", manual_advise, sizeof manual_advise},
    {"check", manual_check, sizeof manual_check},
    {"emit", manual_emit, sizeof manual_emit},
    {"explain", manual_explain, sizeof manual_explain},
    {"files", manual_files, sizeof manual_files},
    {"fleet", manual_fleet, sizeof manual_fleet},
    {"lint", manual_lint, sizeof manual_lint},
    {"manual", manual_manual, sizeof manual_manual},
    {"measure", manual_measure, sizeof manual_measure},
    {"model", manual_model, sizeof manual_model},
    {"probe", manual_probe, sizeof manual_probe},
    {"profile", manual_profile, sizeof manual_profile},
    {"profiles", manual_profiles, sizeof manual_profiles},
    {"schema", manual_schema, sizeof manual_schema},
    {"snapshot", manual_snapshot, sizeof manual_snapshot},
    {"sockets", manual_sockets, sizeof manual_sockets},
    {"tcpadvisor", manual_tcpadvisor, sizeof manual_tcpadvisor},
};

struct embedded_files embedded_profiles(void) {
  return (struct embedded_files){profiles, sizeof profiles / sizeof *profiles};
}

struct embedded_files embedded_catalogue(void) {
  return (struct embedded_files){catalogue, sizeof catalogue / sizeof *catalogue};
}

struct embedded_files embedded_facts(void) {
  return (struct embedded_files){facts, sizeof facts / sizeof *facts};
}

struct embedded_files embedded_manual(void) {
  return (struct embedded_files){manual, sizeof manual / sizeof *manual};
}
