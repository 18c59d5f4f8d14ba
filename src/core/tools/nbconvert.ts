import type { Tool, ToolExamples } from "./tool.ts";
import { jupyterApplication, trait } from "./traitlets.ts";

const documentation = "https://nbconvert.readthedocs.io/en/latest/config_options.html";

/** The slide server of `jupyter nbconvert --to slides --post serve`; all else nbconvert does ends by itself. */
export const nbconvert: Tool = {
  id: "nbconvert",
  name: "nbconvert's slide server",
  callers: "read every file beside the slides",
  runsCode: false,
  commands: ["jupyter nbconvert", "jupyter-nbconvert", "python -m nbconvert", "python -m jupyter nbconvert"],
  notLaunches: [...jupyterApplication.notLaunches],
  needs: ["--post", "--NbConvertApp.postprocessor_class"],
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...["--to", "--template", "--template-file", "--theme", "--sanitize_html", "--writer", "--output"],
    ...["--output-dir", "--reveal-prefix", "--nbformat"],
    ...["--post", "--NbConvertApp.postprocessor_class"],
  ],
  plainOptions: [
    ...jupyterApplication.plainOptions,
    ...["--execute", "--allow-errors", "--stdin", "--stdout", "--inplace", "--clear-output"],
    ...["--coalesce-streams", "--no-prompt", "--no-input"],
  ],
  images: [],
  settings: [
    { name: "ip", ...trait("ip", ["ServePostProcessor"]), reference: documentation },
    { name: "port", ...trait("port", ["ServePostProcessor"]), reference: documentation },
  ],
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "ip", format: "host" }] },
      port: { default: [8000], settings: ["port"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [],
  reference: "https://nbconvert.readthedocs.io/en/latest/usage.html",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "jupyter nbconvert --to slides talk.ipynb --post serve --ServePostProcessor.ip=«0.0.0.0»",
      fixed: "jupyter nbconvert --to slides talk.ipynb --post serve",
      severity: "warning",
    },
  ],
  safe: ["jupyter nbconvert --to slides talk.ipynb --post serve", "jupyter nbconvert --to html --execute report.ipynb"],
};
