/** What OpenSSH wants to know, read from the text it hands to the askpass program. */
export type Question =
  | {
      readonly kind: "host-key";
      /** Its name in known_hosts: `gpu.example.org`, `[10.0.0.7]:2222`. */
      readonly identity: string;
      readonly keyType: string;
      readonly fingerprint: string;
    }
  | { readonly kind: "passphrase"; readonly file: string }
  | { readonly kind: "password"; readonly user: string; readonly host: string }
  | { readonly kind: "interactive"; readonly user?: string; readonly host?: string; readonly prompt: string }
  /** A wish to touch a security key: shown, not answered. */
  | { readonly kind: "notice"; readonly text: string }
  /** A question of yes or no that is not ours to allow. */
  | { readonly kind: "other" };

/** `hint` is OpenSSH's SSH_ASKPASS_PROMPT: `none` for something to show, `confirm` for a permission (readpass.c). */
export function questionOf(text: string, hint: string): Question {
  if (hint === "none") return { kind: "notice", text };
  if (hint === "confirm") return { kind: "other" };
  return hostKeyQuestion(text) ?? secretQuestion(text) ?? otherQuestion(text);
}

/** sshconnect.c, `check_host_key`. A server cannot make this text: what servers ask is preceded by `(user@host)`. */
function hostKeyQuestion(text: string): Question | undefined {
  const identity = /^The authenticity of host '(.+?) \(/.exec(text)?.[1];
  const [, keyType, fingerprint] = /^(\S+) key fingerprint is (SHA256:[A-Za-z0-9+/]+)/m.exec(text) ?? [];
  if (identity === undefined || keyType === undefined || fingerprint === undefined) return undefined;
  return { kind: "host-key", identity, keyType: keyTypes[keyType] ?? keyType.toLowerCase(), fingerprint };
}

/** sshconnect2.c: `load_identity_file`, `userauth_passwd`, `input_userauth_info_req`. */
function secretQuestion(text: string): Question | undefined {
  const file = /^Enter passphrase for key '(.*)': ?$/.exec(text)?.[1];
  if (file !== undefined) return { kind: "passphrase", file };
  const asked = /^\(([^\s()]*)@([^\s()]+)\) (.*)$/s.exec(text);
  if (asked) return { kind: "interactive", user: asked[1] ?? "", host: asked[2] ?? "", prompt: asked[3] ?? "" };
  const [, user, host] = /^(\S+)@(\S+)'s password: ?$/.exec(text) ?? [];
  return user !== undefined && host !== undefined ? { kind: "password", user, host } : undefined;
}

/** A PIN, or what a server asks of an OpenSSH before 8.4, which does not say whose question it is. */
function otherQuestion(text: string): Question {
  return /\(yes\/no|^Please type 'yes'/.test(text) ? { kind: "other" } : { kind: "interactive", prompt: text };
}

/** How OpenSSH calls the types when it asks (`sshkey_type`), and how known_hosts does. The curve is not said. */
const keyTypes: Readonly<Record<string, string>> = {
  ED25519: "ssh-ed25519",
  "ED25519-SK": "sk-ssh-ed25519@openssh.com",
  RSA: "ssh-rsa",
  DSA: "ssh-dss",
  ECDSA: "ecdsa-sha2",
  "ECDSA-SK": "sk-ecdsa-sha2-nistp256@openssh.com",
};
