import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Environment } from "../environment.ts";
import type { Log } from "../log.ts";
import { create, digest, isLock, lockName, readText, replace } from "./lock-file.ts";
import { runs, thisProcess } from "./process.ts";
import { type OwnerRecord, readRecord, type TunnelRecord, writeRecord } from "./record.ts";
import { type OwnerWatch, watchOwners } from "./watch.ts";

export type Claim =
  | {
      readonly owned: true;
      /** Tells the others what has changed, such as the local port once it is known. */
      update(record: TunnelRecord): void;
      release(): void;
    }
  | { readonly owned: false; readonly owner: OwnerRecord };

/** Which process of this user on this machine holds which tunnel. Throws where the state folder cannot be written. */
export type Ownership = {
  /** Takes a tunnel, also from an owner that has died; of any number of claims at once, one wins. */
  claim(record: TunnelRecord): Claim;
  /** Every tunnel that a running process holds, this one included. */
  owners(): readonly OwnerRecord[];
  /** Calls with the owners whenever they change, and when one has died. */
  watch(onChange: (owners: readonly OwnerRecord[]) => void): OwnerWatch;
};

/**
 * Opens the lock files in the state folder: one for each tunnel, named after its id. `checkEveryMs` is how long a killed
 * owner may stay unnoticed by those who watch, because it can tell nobody.
 */
export function openOwnership(
  { stateFolder }: Pick<Environment, "stateFolder">,
  log: Log,
  { checkEveryMs = 3000 } = {},
): Ownership {
  // A home that several machines share holds the lock files of each.
  const folder = join(stateFolder, "owners", hostname().replace(/[^\w.-]/g, "_"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const self = thisProcess();
  const told = new Set<string>();

  /** What a crashed worker of this very process held is free again. */
  function freeOwn(): void {
    const crashed = owners().filter(({ owner }) => owner.pid === self.pid && owner.thread !== self.thread);
    for (const { id } of crashed) rmSync(join(folder, lockName(id)), { force: true });
  }

  function claim(tunnel: TunnelRecord): Claim {
    const file = join(folder, lockName(tunnel.id));
    const mine = writeRecord({ ...tunnel, owner: self });
    for (let attempt = 1; ; attempt++) {
      if (create(file, mine)) return owned(file, mine);
      const text = readText(file);
      if (text === undefined) continue;
      const owner = living(file, text);
      if (owner) return { owned: false, owner };
      const inherited = inherit(file, text, mine);
      if (inherited === true) return owned(file, mine);
      // Taking over takes a moment, unless the other process was stopped in the midst of it.
      if (inherited && attempt >= mostAttempts) return { owned: false, owner: inherited };
    }
  }

  function owned(file: string, first: string): Claim {
    let mine = first;
    return {
      owned: true,
      update(tunnel) {
        mine = writeRecord({ ...tunnel, owner: self });
        replace(file, mine);
      },
      release() {
        if (readText(file) === mine) rmSync(file, { force: true });
      },
    };
  }

  /** The owner that a lock file's text names, where that runs. */
  function living(file: string, text: string): OwnerRecord | undefined {
    const record = readRecord(text);
    if (record) return runs(record.owner) ? record : undefined;
    if (!told.has(file)) log("warn", `The lock file ${file} is damaged, so nobody owns its tunnel.`);
    told.add(file);
    return undefined;
  }

  /**
   * Replaces the lock file of an owner that has died. Only who creates the heir of exactly that file may, so that
   * nobody replaces a lock that another has just replaced. All this happens in one turn, without waiting; who dies in
   * the midst of it leaves an heir that does not run, and the next one removes that. Whether it did, or who is at it.
   */
  function inherit(file: string, dead: string, mine: string): boolean | OwnerRecord {
    const heir = `${file}.${digest(dead)}`;
    if (!create(heir, mine)) {
      const text = readText(heir);
      const other = text !== undefined && living(heir, text);
      if (text !== undefined && !other) rmSync(heir, { force: true });
      return other || false;
    }
    try {
      if (readText(file) !== dead) return false;
      replace(file, mine);
      return true;
    } finally {
      rmSync(heir, { force: true });
    }
  }

  function owners(): readonly OwnerRecord[] {
    try {
      return readdirSync(folder).filter(isLock).flatMap(ownerOf);
    } catch (error) {
      log("warn", `Cannot read the lock files in ${folder}: ${String(error)}`);
      return [];
    }
  }

  function ownerOf(name: string): readonly OwnerRecord[] {
    const file = join(folder, name);
    const text = readText(file);
    const owner = text === undefined ? undefined : living(file, text);
    return owner ? [owner] : [];
  }

  freeOwn();
  return { claim, owners, watch: (onChange) => watchOwners({ folder, owners, onChange, log, checkEveryMs }) };
}

/** Some ten milliseconds. */
const mostAttempts = 100;
