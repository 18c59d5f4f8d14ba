import type * as vscode from "vscode";
import * as z from "zod/mini";
import { type SavedTunnel, savedTunnelSchema } from "./saved-tunnel.ts";

/** The saved tunnels of this user, shared by all windows; not synchronized, because a host name means something here. */
export type Store = {
  all(): readonly SavedTunnel[];
  /** Adds it, or puts it in the place of the one with the same id. */
  save(tunnel: SavedTunnel): Promise<void>;
  remove(id: string): Promise<void>;
};

const key = "tunnels";

/** Reads anew each time, because other windows write too; what an older version wrote and we cannot read is left out. */
export function openStore(state: vscode.Memento): Store {
  function all(): readonly SavedTunnel[] {
    const kept = z.array(z.unknown()).safeParse(state.get(key, []));
    const read = (kept.data ?? []).map((each) => savedTunnelSchema.safeParse(each).data);
    return read.filter((each) => each !== undefined);
  }

  return {
    all,
    async save(tunnel) {
      const others = all();
      const known = others.some(({ id }) => id === tunnel.id);
      // The schema lets nothing through that it does not name.
      const kept = savedTunnelSchema.parse(tunnel);
      const next = known ? others.map((each) => (each.id === tunnel.id ? kept : each)) : [...others, kept];
      await state.update(key, next);
    },
    remove: async (id) =>
      state.update(
        key,
        all().filter((each) => each.id !== id),
      ),
  };
}
