import type { Tool, ToolExamples } from "./tool.ts";
import { ipEndpoint, loginByToken, trait } from "./traitlets.ts";

const voilaSource = "https://github.com/voila-dashboards/voila/blob/886b74cd78d6ee19b450abb93a7fdaddab4f076d/voila";

function configuration(name: string, aliases: readonly string[] = []) {
  return trait(name, ["VoilaConfiguration"], aliases);
}

export const voila: Tool = {
  id: "voila",
  name: "Voila",
  // Voila's kernels take no code from the browser: voila/app.py, allowed_message_types.
  callers: "run your notebooks and see what they show",
  runsCode: false,
  commands: ["voila", "python -m voila"],
  notLaunches: ["-h", "--help", "--help-all", "-V", "--version", "--show-config", "--show-config-json"],
  parser: "traitlets",
  valueOptions: [
    ...["--base_url", "--static", "--server_url", "--pool_size", "--preheat_kernel", "--progressive_rendering"],
    ...["--template", "--theme", "--classic_tree", "--kernel_spec_manager_class"],
  ],
  plainOptions: ["--no-browser", "--show-margins", "--classic-tree"],
  images: [],
  settings: [
    // There is no short option: `--ip` has no effect.
    { name: "ip", ...trait("ip", ["Voila"]), reference: `${voilaSource}/app.py#L275` },
    { name: "port", ...trait("port", ["Voila"], ["--port"]), reference: `${voilaSource}/app.py#L175` },
    {
      name: "token",
      ...trait("token", ["Voila"]),
      // `--token` makes one up, `--token=SECRET` gives it.
      switches: ["--token"],
      reference: `${voilaSource}/app.py#L383`,
    },
    {
      name: "strip-sources",
      ...configuration("strip_sources", ["--strip_sources"]),
      reference: `${voilaSource}/configuration.py#L60`,
    },
    {
      name: "served-files",
      options: [...configuration("file_allowlist").options, ...configuration("file_whitelist").options],
      keys: [...configuration("file_allowlist").keys, ...configuration("file_whitelist").keys],
      reference: `${voilaSource}/configuration.py#L62`,
    },
    {
      name: "show-tracebacks",
      ...configuration("show_tracebacks", ["--show_tracebacks"]),
      // Of Voila's log levels this one shows them too.
      switches: ["--debug"],
      reference: `${voilaSource}/configuration.py#L145`,
    },
    {
      name: "autoreload",
      ...trait("autoreload", ["Voila"], ["--autoreload"]),
      reference: `${voilaSource}/app.py#L176`,
    },
    { name: "cookie-secret", ...trait("cookie_secret", ["Voila"]), reference: `${voilaSource}/app.py#L371` },
  ],
  endpoints: [ipEndpoint(8866)],
  auth: loginByToken,
  hazards: [
    {
      rule: "hardcoded-secret",
      setting: "token",
      when: "secret",
      severity: "warning",
      says: "Whoever reads this file or the list of processes has Voila's token and can open its notebooks.",
      advice: "Write `--token` alone: Voila then makes one at every start.",
    },
    {
      rule: "hardcoded-secret",
      setting: "cookie-secret",
      when: "secret",
      severity: "warning",
      says: "Whoever reads Voila's cookie secret can forge a login.",
      fix: "remove",
    },
    {
      rule: "security-off",
      setting: "strip-sources",
      when: "false",
      severity: "warning",
      says: "Voila shows every visitor the code of its notebooks, with whatever secrets are in it.",
      fix: "remove",
      safe: true,
    },
    {
      rule: "security-off",
      setting: "served-files",
      when: { pattern: "[\\[,(]\\s*r?[\"']?(\\.\\*|\\.\\+)[\"']?\\s*[\\]),]|^[\"']?(\\.\\*|\\.\\+)[\"']?$" },
      severity: "warning",
      says: "Voila gives every visitor all files beside its notebooks.",
      fix: "remove",
      advice: "Name the files that visitors need: ['public/.*'].",
    },
    {
      rule: "dev-mode",
      setting: "show-tracebacks",
      when: "true",
      severity: "info",
      says: "Voila shows every visitor where its notebooks fail, with the code around it.",
      fix: "remove",
      safe: true,
    },
    {
      rule: "dev-mode",
      setting: "autoreload",
      when: "true",
      severity: "info",
      says: "Voila restarts whenever a Python file changes, so whoever can write one has it run.",
      fix: "remove",
      safe: true,
    },
  ],
  reference: "https://voila.readthedocs.io/en/stable/deploy.html",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "voila dashboard.ipynb --Voila.ip=«0.0.0.0»",
      fixed: "voila dashboard.ipynb",
      severity: "warning",
    },
    { rule: "public-bind", text: "voila --token «--Voila.ip=»", fixed: "voila --token", severity: "warning" },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM python:3.12\nCMD ["voila", "--Voila.ip=«0.0.0.0»", "app.ipynb"]\n',
      severity: "info",
    },
    { rule: "no-auth", text: "voila app.ipynb --Voila.ip=0.0.0.0 «--Voila.token=''»", severity: "error" },
    { rule: "hardcoded-secret", text: "voila app.ipynb --Voila.ip=0.0.0.0 «--token=letmein7»" },
    { rule: "hardcoded-secret", text: "voila app.ipynb --Voila.ip=0.0.0.0 --Voila.token=«letmein7»" },
    {
      rule: "hardcoded-secret",
      text: "voila app.ipynb --Voila.ip=0.0.0.0 --Voila.cookie_secret=«b7c1f0d2a9»",
      fixed: "voila app.ipynb --Voila.ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "voila app.ipynb --Voila.ip=0.0.0.0 --strip_sources=«False»",
      fixed: "voila app.ipynb --Voila.ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: `voila app.ipynb --Voila.ip=0.0.0.0 --VoilaConfiguration.file_allowlist="«['.*']»"`,
      fixed: "voila app.ipynb --Voila.ip=0.0.0.0",
    },
    {
      rule: "dev-mode",
      text: "voila app.ipynb --Voila.ip=0.0.0.0 --show_tracebacks=«True»",
      fixed: "voila app.ipynb --Voila.ip=0.0.0.0",
    },
    {
      rule: "dev-mode",
      text: "voila app.ipynb --Voila.ip=0.0.0.0 «--debug»",
      fixed: "voila app.ipynb --Voila.ip=0.0.0.0",
    },
    {
      rule: "dev-mode",
      text: "voila app.ipynb --Voila.ip=0.0.0.0 --autoreload=«True»",
      fixed: "voila app.ipynb --Voila.ip=0.0.0.0",
    },
  ],
  safe: [
    "voila dashboard.ipynb",
    "voila dashboard.ipynb --ip=0.0.0.0",
    "voila --token dashboard.ipynb",
    "voila --version",
    "voila app.ipynb --VoilaConfiguration.file_allowlist=\"['.*\\.(png|jpg)']\"",
  ],
};
