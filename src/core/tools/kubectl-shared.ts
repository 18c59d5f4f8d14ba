/*
 * kubectl's options for every command, which may also stand before the subcommand.
 * Source: https://kubernetes.io/docs/reference/kubectl/kubectl/
 */

export const kubectlValueOptions = [
  ...["--as", "--as-group", "--as-uid", "--cache-dir", "--certificate-authority", "--client-certificate"],
  ...["--client-key", "--cluster", "--context", "--kubeconfig", "--kuberc", "--log-flush-frequency", "-n"],
  ...["--namespace", "--password", "--profile", "--profile-output", "--request-timeout", "-s", "--server"],
  ...["--tls-server-name", "--token", "--user", "--username", "-v", "--v", "--vmodule"],
];

export const kubectlPlainOptions = [
  ...["--disable-compression", "--insecure-skip-tls-verify", "--match-server-version", "--warnings-as-errors"],
];
