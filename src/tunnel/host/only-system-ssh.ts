import { execFile } from "node:child_process";
import { access, readFile } from "node:fs/promises";
import type { Environment } from "../environment.ts";
import type { Host } from "./host.ts";
import { isOn, type Settings, setting } from "./settings.ts";

/** Keywords with a path, a program or an address that only OpenSSH knows what to do with. */
const byPresence = [
  ["certificatefile", "CertificateFile"],
  ["pkcs11provider", "PKCS11Provider"],
  ["knownhostscommand", "KnownHostsCommand"],
  ["revokedhostkeys", "RevokedHostKeys"],
  ["bindaddress", "BindAddress"],
  ["bindinterface", "BindInterface"],
] as const;

const byFlag = [
  ["hostbasedauthentication", "HostbasedAuthentication"],
  ["proxyusefdpass", "ProxyUseFdpass"],
] as const;

/** What a host asks for that ssh2 cannot do, each by its keyword in the ssh config. */
export async function onlySystemSsh(
  settings: Settings,
  { identityFiles }: Pick<Host, "identityFiles">,
  environment: Environment,
): Promise<readonly string[]> {
  const keywords: string[] = byPresence.filter(([name]) => setting(settings, name)).map(([, keyword]) => keyword);
  keywords.push(...byFlag.filter(([name]) => isOn(settings, name)).map(([, keyword]) => keyword));
  if (isOwnProvider(setting(settings, "securitykeyprovider"), environment)) keywords.push("SecurityKeyProvider");
  if (/^(?:yes|true|ask)$/.test(setting(settings, "verifyhostkeydns") ?? "")) keywords.push("VerifyHostKeyDNS");
  if (isOn(settings, "gssapiauthentication") && (await hasTicket(environment))) {
    keywords.push("GSSAPIAuthentication");
  }
  const needs = await Promise.all(identityFiles.map(needOf));
  return [...new Set([...keywords, ...needs.flat()])];
}

/** `internal`, or `$SSH_SK_PROVIDER` where OpenSSH was built without it, is what nobody has chosen. */
function isOwnProvider(provider: string | undefined, { env }: Environment): boolean {
  if (provider === undefined || provider === "internal") return false;
  return provider.startsWith("$") ? Boolean(env[provider.slice(1)]) : true;
}

/**
 * Debian and Fedora turn GSSAPIAuthentication on for every host, so it says something only where there is a Kerberos
 * ticket to use: `klist -s` prints nothing and ends with 0 for one that is valid (MIT and Heimdal, klist(1)). Windows
 * has another klist, and nobody turns it on there but the user.
 */
function hasTicket({ platform, env }: Environment): Promise<boolean> {
  if (platform === "win32") return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile("klist", ["-s"], { env, timeout: 2000 }, (error) => resolve(error === null));
  });
}

/** A security key by its public file, a certificate by the file beside it: what ssh(1) itself looks for. */
async function needOf(file: string): Promise<readonly string[]> {
  const [isSecurityKey, isCertified] = await Promise.all([
    readFile(`${file}.pub`, "utf8").then((text) => /^sk-/.test(text), no),
    access(`${file}-cert.pub`).then(() => true, no),
  ]);
  return [
    ...(isSecurityKey ? ["IdentityFile (security key)"] : []),
    ...(isCertified ? ["IdentityFile (certificate)"] : []),
  ];
}

function no(): false {
  return false;
}
