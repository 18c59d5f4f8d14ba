import * as vscode from "vscode";
import type { ServiceKind } from "../../tunnel/discovery/server.ts";
import { targetText } from "../../tunnel/target.ts";
import type { SavedTunnel } from "./saved-tunnel.ts";
import type { ShownTunnel } from "./tunnels.ts";

/** What the services call themselves. */
const names: Readonly<Record<ServiceKind, string>> = {
  jupyter: "Jupyter",
  mlflow: "MLflow",
  tensorboard: "TensorBoard",
  ray: "Ray",
  vllm: "vLLM",
  ollama: "Ollama",
  streamlit: "Streamlit",
  gradio: "Gradio",
  marimo: "marimo",
  dask: "Dask",
  triton: "Triton",
};

export function serviceName(kind: ServiceKind): string {
  return names[kind];
}

/** `Jupyter`, or the address where nobody knows what is there. */
export function serviceOf({ kind, target }: Pick<SavedTunnel, "kind" | "target">): string {
  return kind ? serviceName(kind) : targetText(target);
}

/** What a tunnel is called until its user renames it. */
export function usualName(tunnel: Pick<SavedTunnel, "kind" | "target" | "host">): string {
  return vscode.l10n.t("{service} on {host}", { service: serviceOf(tunnel), host: tunnel.host });
}

/** Its state in one word or two; a tunnel that was not opened in this session is closed. */
export function stateText({ status }: ShownTunnel): string {
  switch (status?.state.state) {
    case "connecting":
      return vscode.l10n.t("connecting");
    case "up":
      return vscode.l10n.t("up");
    case "checking":
      return vscode.l10n.t("checking");
    case "reconnecting":
      return vscode.l10n.t("reconnecting");
    case "failed":
      return vscode.l10n.t("failed");
    default:
      return vscode.l10n.t("closed");
  }
}

/** The address to open, without a token. */
export function urlOf(port: number, basePath: string): string {
  return `http://127.0.0.1:${port}${basePath}`;
}

/** Time since `from`, both in milliseconds: `42 s`, `3 min`, `2 h 5 min`, `3 d 4 h`. */
export function since(from: number, now = Date.now()): string {
  const seconds = Math.max(0, Math.floor((now - from) / 1000));
  if (seconds < 60) return vscode.l10n.t("{seconds} s", { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return vscode.l10n.t("{minutes} min", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return vscode.l10n.t("{hours} h {minutes} min", { hours, minutes: minutes % 60 });
  return vscode.l10n.t("{days} d {hours} h", { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** `850 B`, `1.2 MiB`. */
export function size(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${step === 0 ? bytes : (bytes / 1024 ** step).toFixed(1)} ${units[step]}`;
}

/** Text from a host, so that Markdown shows it and obeys nothing in it. */
export function literal(text: string): string {
  return text === "" ? "" : `\`${text.replaceAll("`", "'")}\``;
}
