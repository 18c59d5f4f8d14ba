/** All that the SSH half needs to know of the machine it runs on, as plain data, so that a worker can be given it. */
export type Environment = {
  readonly home: string;
  /** The local user's name. */
  readonly user: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The user's ssh config, where it is not `~/.ssh/config`; as with `ssh -F`, the system's is then left out. */
  readonly configFile?: string;
  /** The OpenSSH client; absent where there is none. */
  readonly ssh?: string;
  /** A folder of ours, 0700, for what must outlive one process: lock files, generated configs. */
  readonly stateFolder: string;
  /** The folder of our own bundles, where `askpass.js` is. */
  readonly bundleFolder: string;
};
