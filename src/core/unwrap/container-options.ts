import type { Grammar } from "../options.ts";

/**
 * The options of docker, podman and nerdctl, so that an image is never mistaken for a value. The lists are complete for
 * docker 29.8.0 and podman (docker/cli @28f75608 opts.go, containers/podman @c6580b4a create.go, docker/compose run.go).
 */

/** `run` and `create`: everything that is not here takes a value. */
const runSwitches = `
  interactive read-only tty rm privileged publish-all no-healthcheck oom-kill-disable init detach sig-proxy quiet
  use-api-socket help disable-content-trust env-host http-proxy no-hostname no-hosts passwd read-only-tmpfs replace
  rmi rootfs tls-verify unsetenv-all
`;
const runValues = `
  add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
  cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems
  device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns dns-opt
  dns-option dns-search domainname entrypoint env env-file expose gpus group-add health-cmd health-interval
  health-retries health-start-interval health-start-period health-timeout hostname io-maxbandwidth io-maxiops ip ip6
  ipc isolation kernel-memory label label-file link link-local-ip log-driver log-opt mac-address memory
  memory-reservation memory-swap memory-swappiness mount net net-alias network network-alias oom-score-adj pid
  pids-limit publish restart runtime security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs ulimit
  user userns uts volume volume-driver volumes-from workdir name detach-keys pull platform
`;
const podmanRunValues = `
  arch authfile cert-dir cgroup-conf cgroups chrootdirs creds decryption-key env-merge gidmap group-entry
  health-log-destination health-max-log-count health-max-log-size health-on-failure health-startup-cmd
  health-startup-interval health-startup-retries health-startup-success health-startup-timeout hosts-file hostuser
  image-volume init-path os passwd-entry personality pidfile pod pod-id-file preserve-fd preserve-fds rdt-class
  requires retry retry-delay sdnotify seccomp-policy secret shm-size-systemd signature-policy subgidname subuidname
  systemd timeout tz uidmap umask unsetenv variant healthcheck-command healthcheck-interval healthcheck-retries
  healthcheck-start-period healthcheck-timeout override-arch override-os
`;

export const run: Grammar = {
  values: new Set([...long(runValues), ...long(podmanRunValues), ...names("-a -c -e -h -l -m -p -u -v -w")]),
  plain: new Set([...long(runSwitches), ...names("-i -t -P -d -q")]),
  leading: true,
};

export const exec: Grammar = {
  values: names("-e --env --env-file -u --user -w --workdir --detach-keys --index"),
  plain: names("-d -i -t -T --privileged --detach --interactive --tty --no-tty --no-TTY"),
  leading: true,
};

export const composeRun: Grammar = {
  values: names(`
  -e --env --env-from-file -l --label --name -u --user -w --workdir --entrypoint --cap-add --cap-drop -v --volume -p
  --publish --pull
`),
  plain: names(`
  -d --rm -t --tty -T --no-tty --no-deps --use-aliases -P --service-ports -q --quiet --quiet-build --quiet-pull
  --build --remove-orphans -i
`),
  leading: true,
};

/** Options of `docker`, `podman` and `docker compose` that stand before the subcommand and take a value. */
export const globals: Grammar = {
  values: names(`
  --config -l --log-level --tlscacert --tlscert --tlskey -H --host -c --context --connection --url --identity
  --module --root --runroot --storage-driver --storage-opt --runtime --namespace --address -n -a -f --file -p
  --project-name --profile --project-directory --env-file --ansi --progress --parallel
`),
  plain: new Set(),
  leading: true,
};

function names(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}

function long(list: string): string[] {
  return [...names(list)].map((name) => `--${name}`);
}
