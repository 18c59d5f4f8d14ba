import type { Hazard, Setting } from "./tool.ts";

export const ngrokManual =
  "https://github.com/ngrok/ngrok-docs/blob/56a5f9960f4e7c7e134fbc0412f74b51b2df5eca/agent/cli.mdx";

/** The token of the account, which `ngrok` takes from either place. */
export const ngrokToken: Setting = {
  name: "authtoken",
  options: ["--authtoken"],
  variables: ["NGROK_AUTHTOKEN"],
  reference: ngrokManual,
};

export const ngrokTokenHazard: Hazard = {
  rule: "hardcoded-secret",
  setting: "authtoken",
  when: "secret",
  severity: "error",
  says: "The token to the ngrok account is written here, for whoever reads the file, its history or the list of processes.",
  advice: "Keep it in ngrok's own configuration file, which `ngrok config add-authtoken` writes.",
};
