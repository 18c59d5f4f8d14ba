import fc from "fast-check";

/** Lines that both readers understand, with names that often fit. */
const patterns = fc.subarray(["alpha", "beta", "al*", "!alpha", "?eta", "*", "gamma"], { minLength: 1, maxLength: 3 });

const lines = fc.oneof(
  fc.constantFrom(
    "HostName %h.Example.org",
    "hostname=10.0.0.7",
    'User "ml user"',
    "User ada # a comment",
    "Port 2222",
    "Port = 22",
    "IdentityFile ~/.ssh/%r_%h",
    'IdentityFile "/keys/a b"',
    "IdentityFile none",
    "IdentitiesOnly yes",
    "IdentityAgent ~/agent-%h",
    "IdentityAgent none",
    "IdentityAgent $MY_AGENT",
    "ProxyJump ada@jump:2200,second",
    "ProxyJump none",
    'ProxyCommand nc "a b" %h %p # kept',
    "ProxyCommand none",
    "UserKnownHostsFile ~/k1 /k2/%h",
    'UserKnownHostsFile "/with space/known"',
    "StrictHostKeyChecking no",
    "StrictHostKeyChecking accept-new",
    "HostKeyAlias Alias",
    "HashKnownHosts yes",
    "ConnectTimeout 1m30s",
    "Compression yes",
    "BatchMode yes",
    "PasswordAuthentication no",
    "ChallengeResponseAuthentication no",
    "PubkeyAuthentication no",
    "PreferredAuthentications password,publickey",
    "LocalForward 8888 localhost:9999",
    "LocalForward 127.0.0.1:8889 [::1]:80",
    "Ciphers aes128-ctr",
    "KnownHostsCommand /bin/echo %H",
    "CertificateFile ~/cert",
    "VerifyHostKeyDNS ask",
    "Match all",
    "ForwardAgent yes",
    "# nothing",
    "",
    "\t Include  part-*.conf",
  ),
  patterns.map((names) => `Host ${names.join(" ")}`),
);

/** Texts of a config and of a file that it may include. */
export const generatedConfigs = fc.record({
  main: fc.array(lines, { maxLength: 14 }),
  // One that includes itself is refused by ssh as a whole.
  part: fc.array(lines, { maxLength: 6 }).map((all) => all.filter((line) => !line.includes("Include"))),
});
