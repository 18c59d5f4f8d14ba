/** What the values of a keyword are, and so how `ssh -G` prints them. */
export type Kind =
  | "text"
  | "lower"
  | "command"
  | "path"
  | "paths"
  | "flag"
  | "truth"
  | "port"
  | "seconds"
  | "algorithms";

/** The keywords that our own reader follows. The first value wins, except where they add up. */
export const followed: Readonly<Record<string, Kind>> = {
  hostname: "text",
  user: "text",
  port: "port",
  hostkeyalias: "lower",
  identityfile: "text",
  certificatefile: "text",
  identitiesonly: "flag",
  identityagent: "path",
  pkcs11provider: "text",
  securitykeyprovider: "text",
  proxyjump: "text",
  proxycommand: "command",
  knownhostscommand: "command",
  userknownhostsfile: "paths",
  globalknownhostsfile: "paths",
  revokedhostkeys: "text",
  hashknownhosts: "flag",
  stricthostkeychecking: "truth",
  verifyhostkeydns: "truth",
  connecttimeout: "seconds",
  compression: "flag",
  batchmode: "flag",
  preferredauthentications: "text",
  passwordauthentication: "flag",
  kbdinteractiveauthentication: "flag",
  pubkeyauthentication: "truth",
  gssapiauthentication: "flag",
  hostbasedauthentication: "flag",
  bindaddress: "text",
  bindinterface: "text",
  proxyusefdpass: "flag",
  ciphers: "algorithms",
  macs: "algorithms",
  kexalgorithms: "algorithms",
  hostkeyalgorithms: "algorithms",
};

/** Other names for the same. */
export const synonyms: Readonly<Record<string, string>> = {
  challengeresponseauthentication: "kbdinteractiveauthentication",
  skeyauthentication: "kbdinteractiveauthentication",
  tisauthentication: "kbdinteractiveauthentication",
  dsaauthentication: "pubkeyauthentication",
  identityfile2: "identityfile",
  smartcarddevice: "pkcs11provider",
};

/** Each value counts. */
export const adding: ReadonlySet<string> = new Set(["identityfile", "certificatefile", "localforward"]);

/** What changes nothing about how we connect: sessions, forwards and agents that we do not use, and how ssh talks. */
export const irrelevant: ReadonlySet<string> = new Set(
  `addkeystoagent clearallforwardings controlmaster controlpath controlpersist dynamicforward enableescapecommandline
  enablesshkeysign escapechar exitonforwardfailure fingerprinthash forkafterauthentication forwardagent forwardx11
  forwardx11timeout forwardx11trusted gatewayports gssapidelegatecredentials ignoreunknown ipqos localcommand loglevel
  logverbose numberofpasswordprompts obscurekeystroketiming permitlocalcommand permitremoteopen protocol
  protocolkeepalives rekeylimit remotecommand remoteforward requesttty sendenv serveralivecountmax serveraliveinterval
  sessiontype setenv stdinnull streamlocalbindmask streamlocalbindunlink syslogfacility tcpkeepalive tunnel tunneldevice
  updatehostkeys visualhostkey warnweakcrypto xauthlocation`.split(/\s+/),
);
