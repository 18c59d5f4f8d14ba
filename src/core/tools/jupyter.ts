import { serverHazards, serverPlainOptions, serverSettings, serverValueOptions } from "./jupyter-server.ts";
import type { Tool, ToolExamples } from "./tool.ts";
import { jupyterApplication } from "./traitlets.ts";

const stacks = "https://github.com/jupyter/docker-stacks/blob/8209386950497966c8a9aa446b9a84a5dd78eab5/images";

/** Notebook 6 and 7, Jupyter Server, JupyterLab, nbclassic and the images that start one of them. */
export const jupyter: Tool = {
  id: "jupyter",
  name: "Jupyter",
  callers: "run any code as you",
  runsCode: true,
  commands: [
    ...["notebook", "server", "lab", "nbclassic"].flatMap((front) => [
      `jupyter ${front}`,
      `jupyter-${front}`,
      `python -m jupyter ${front}`,
      `python -m jupyter_core ${front}`,
    ]),
    "python -m notebook",
    "python -m jupyter_server",
    "python -m jupyterlab",
    "python -m nbclassic",
    "start-notebook.py",
    "start-notebook.sh",
  ],
  notLaunches: [
    ...jupyterApplication.notLaunches,
    ...["list", "stop", "password", "extension", "build", "clean", "path", "paths"],
    ...["workspace", "workspaces", "licenses"],
  ],
  parser: "traitlets",
  valueOptions: [...jupyterApplication.valueOptions, ...serverValueOptions],
  plainOptions: [...jupyterApplication.plainOptions, ...serverPlainOptions],
  argumentVariables: ["NOTEBOOK_ARGS"],
  images: [
    {
      name: "jupyter/*-notebook",
      entrypoint: ["tini", "-g", "--", "start.sh"],
      command: ["start-notebook.py"],
      user: "other",
      dropsRoot: true,
      bind: "all",
      reference: `${stacks}/base-notebook/jupyter_server_config.py`,
    },
    {
      name: "jupyterhub/singleuser",
      entrypoint: ["tini", "-g", "--", "start.sh"],
      command: ["start-notebook.py"],
      user: "other",
      dropsRoot: true,
      bind: "all",
      reference:
        "https://github.com/jupyterhub/jupyterhub/blob/16945caa0082879be2159a73afcda887362fb62e/singleuser/Dockerfile",
    },
    {
      name: "tensorflow/tensorflow",
      tag: "*jupyter",
      entrypoint: [],
      command: ["jupyter", "notebook", "--notebook-dir=/tf", "--ip=0.0.0.0", "--no-browser", "--allow-root"],
      user: "root",
      reference:
        "https://github.com/tensorflow/build/blob/5b1c753062b893203406f11a3ee52de63dc6eab3/tensorflow_runtime_dockerfiles/cpu.Dockerfile#L48",
    },
    {
      // Its service supervisor starts Jupyter with an empty token, whatever command the container is given.
      name: "kubeflownotebookswg/jupyter*",
      entrypoint: [],
      command: ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"],
      user: "other",
      bind: "all",
      auth: "none",
      reference:
        "https://github.com/kubeflow/kubeflow/blob/603d0adbf829170fb7478726707172a311ce732c/components/example-notebook-servers/jupyter/s6/services.d/jupyterlab/run",
    },
  ],
  settings: serverSettings,
  endpoints: [
    {
      role: "main",
      bind: {
        default: "loopback",
        settings: [
          { setting: "sock", format: "socket" },
          { setting: "ip", format: "host" },
        ],
      },
      port: { default: [8888], settings: ["port"], tells: "alone" },
    },
    {
      role: "internal",
      what: "kernels",
      bind: { default: "loopback", settings: [{ setting: "kernel-ip", format: "host" }] },
      port: { default: [], settings: [] },
      only: [{ setting: "kernel-ip", when: "set" }],
    },
  ],
  auth: {
    default: "on",
    off: [{ setting: "token", when: "empty" }],
    on: [
      { setting: "password", when: "filled" },
      { setting: "hub-api-token", when: "filled" },
      // Only the default provider and its legacy form are off without a token and a password.
      { setting: "identity-provider", when: { pattern: "^(?!(.*\\.)?(Password|Legacy)IdentityProvider$)." } },
    ],
  },
  hazards: serverHazards,
  reference: "https://jupyter-server.readthedocs.io/en/latest/operators/security.html",
  stop: "jupyter server stop {port}",
  // The first one asks, and the second within five seconds is a yes: jupyter_server/serverapp.py, `_handle_sigint`.
  interrupts: 2,
  cves: [
    {
      id: "CVE-2026-40110",
      about: "Jupyter Server before 2.18.0 took an origin that only begins like allow_origin_pat.",
      url: "https://github.com/jupyter-server/jupyter_server/security/advisories/GHSA-24qx-w28j-9m6p",
    },
    {
      id: "CVE-2026-44727",
      about: "Jupyter Server before 2.20.0 ran scripts of rendered notebooks with the reader's login.",
      url: "https://github.com/advisories/GHSA-fcw5-x6j4-ccmp",
    },
    {
      id: "CVE-2026-40171",
      about: "Notebook before 7.5.6 and JupyterLab before 4.5.7 let a notebook take its reader's token.",
      url: "https://github.com/advisories/GHSA-rch3-82jr-f9w9",
    },
    {
      id: "CVE-2024-35178",
      about: "Jupyter Server before 2.14.1 gave Windows password hashes away without a login.",
      url: "https://github.com/jupyter-server/jupyter_server/security/advisories/GHSA-hrw6-wg82-cm62",
    },
    {
      id: "CVE-2023-39968",
      about: "Jupyter Server before 2.7.2 sent people on to any site after the login.",
      url: "https://nvd.nist.gov/vuln/detail/CVE-2023-39968",
    },
    {
      id: "CVE-2022-29241",
      about:
        "Jupyter Server before 1.17.1 and Notebook before 6.4.12 gave the token away when they serve the home directory.",
      url: "https://github.com/jupyter-server/jupyter_server/security/advisories/GHSA-q874-g24w-4q9g",
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "public-bind", text: "jupyter lab --ip=«0.0.0.0»", fixed: "jupyter lab", severity: "warning" },
    {
      rule: "public-bind",
      text: "jupyter notebook --no-browser --ip '«*»' --port 9999",
      fixed: "jupyter notebook --no-browser --port 9999",
    },
    { rule: "public-bind", text: "jupyter server «--ip=»", fixed: "jupyter server" },
    { rule: "public-bind", text: "python3 -m jupyterlab --ServerApp.ip=«::»", fixed: "python3 -m jupyterlab" },
    {
      rule: "public-bind",
      text: "jupyter nbclassic --NotebookApp.ip=«192.168.1.20»",
      fixed: "jupyter nbclassic",
    },
    {
      rule: "public-bind",
      text: "jupyter lab --ip=«0.0.0.0» --NotebookApp.token=''",
      fixed: "jupyter lab --NotebookApp.token=''",
      severity: "error",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=«0.0.0.0»"]\n',
      severity: "info",
    },
    {
      rule: "public-publish",
      text: "docker run -p «8888:8888» quay.io/jupyter/base-notebook",
      fixed: "docker run -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook",
      severity: "warning",
    },
    {
      rule: "public-publish",
      text: "docker run -p «8888:8888» kubeflownotebookswg/jupyter-scipy:v1.10.0",
      fixed: "docker run -p 127.0.0.1:8888:8888 kubeflownotebookswg/jupyter-scipy:v1.10.0",
      severity: "error",
    },
    {
      rule: "public-publish",
      text: "docker run -p «8888:8888» tensorflow/tensorflow:latest-gpu-jupyter",
      fixed: "docker run -p 127.0.0.1:8888:8888 tensorflow/tensorflow:latest-gpu-jupyter",
    },
    {
      rule: "public-publish",
      path: "compose.yaml",
      text: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook\n    ports:\n      - «"8888:8888"»\n',
      fixed:
        'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook\n    ports:\n      - "127.0.0.1:8888:8888"\n',
    },
    {
      rule: "no-auth",
      text: "jupyter lab --ip=0.0.0.0 «--IdentityProvider.token=''»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "error",
    },
    {
      rule: "no-auth",
      text: "jupyter notebook «--NotebookApp.token ''» --no-browser",
      fixed: "jupyter notebook --no-browser",
      severity: "info",
    },
    { rule: "no-auth", text: "jupyter lab «--LabApp.token=»", fixed: "jupyter lab" },
    {
      rule: "no-auth",
      path: "Dockerfile",
      text: 'FROM quay.io/jupyter/base-notebook\nCMD ["start-notebook.py", «"--ServerApp.token=\'\'"»]\n',
      fixed: 'FROM quay.io/jupyter/base-notebook\nCMD ["start-notebook.py"]\n',
      severity: "warning",
    },
    {
      rule: "no-auth",
      path: "compose.yaml",
      text: "services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    command: start-notebook.py «--IdentityProvider.token=''»\n    ports: ['8888:8888']\n",
      fixed:
        "services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    command: start-notebook.py\n    ports: ['8888:8888']\n",
      severity: "error",
    },
    {
      rule: "security-off",
      text: "jupyter lab --KernelManager.ip=0.0.0.0 «--Session.key=''»",
      fixed: "jupyter lab --KernelManager.ip=0.0.0.0",
      severity: "error",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter lab --ip=0.0.0.0 --IdentityProvider.token=«letmein7»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "warning",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.token=«None»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "error",
    },
    {
      rule: "hardcoded-secret",
      text: "«JUPYTER_TOKEN=letmein7» jupyter lab --ip=0.0.0.0",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "hardcoded-secret",
      path: "compose.yaml",
      text: "services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    environment:\n      «JUPYTER_TOKEN: letmein7»\n      RESTARTABLE: yes\n",
      fixed: "services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    environment:\n      RESTARTABLE: yes\n",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.password=«hunter2»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter notebook --ip=0.0.0.0 --NotebookApp.password=«sha1:67c9e60bb8b6:9ffede0825894254b2e042ea597d771089e11aed»",
      severity: "info",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.cookie_secret=«b7c1f0d2a9»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "hardcoded-secret",
      text: "«JUPYTER_GATEWAY_AUTH_TOKEN=s3cr3tgate» jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter lab --ip=0.0.0.0 --GatewayClient.http_pwd=«s3cr3tgate»",
    },
    { rule: "run-as-root", text: "jupyter lab --ip=0.0.0.0 «--allow-root»", fixed: "jupyter lab --ip=0.0.0.0" },
    {
      rule: "run-as-root",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_root=«True»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "warning",
    },
    {
      rule: "run-as-root",
      path: "Dockerfile",
      text: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0", «"--allow-root"»]\n',
      fixed: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0"]\n',
    },
    {
      rule: "run-as-root",
      text: "docker run -p 8888:8888 -e «GRANT_SUDO=yes» quay.io/jupyter/base-notebook",
      fixed: "docker run -p 8888:8888 quay.io/jupyter/base-notebook",
    },
    {
      rule: "run-as-root",
      text: "docker run -p 8888:8888 -e «NB_USER=root» -e NB_UID=0 -e NB_GID=0 quay.io/jupyter/base-notebook",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_origin='«*»'",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "warning",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.token='' --ServerApp.allow_origin='«*»'",
      fixed: "jupyter lab --ip=0.0.0.0 --ServerApp.token=''",
      severity: "error",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_origin_pat='«https?://.*»'",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "warning",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_origin_pat='«^https://nb.example.com$»'",
      severity: "warning",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_origin_pat='«^https://nb\\.example\\.com»'",
      severity: "info",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_credentials=«True»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "info",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_origin=https://a.example.com --ServerApp.allow_credentials=«True»",
      fixed: "jupyter lab --ip=0.0.0.0 --ServerApp.allow_origin=https://a.example.com",
      severity: "warning",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.disable_check_xsrf=«True»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "error",
    },
    {
      rule: "cross-origin",
      text: "jupyter lab --ip=0.0.0.0 --NotebookApp.allow_remote_access=«True»",
      fixed: "jupyter lab --ip=0.0.0.0",
      severity: "info",
    },
    {
      rule: "cross-origin",
      text: `jupyter lab --ip=0.0.0.0 --ServerApp.tornado_settings='«{"headers":{"Content-Security-Policy":"frame-ancestors *"}}»'`,
    },
    {
      rule: "cross-origin",
      text: `jupyter lab --ip=0.0.0.0 --ServerApp.tornado_settings='«{"headers":{"Content-Security-Policy":"default-src https:"}}»'`,
    },
    {
      rule: "cross-origin",
      text: `jupyter lab --ip=0.0.0.0 --ServerApp.tornado_settings='«{"headers":{"Access-Control-Allow-Origin":"*"}}»'`,
    },
    {
      rule: "cross-origin",
      text: `jupyter lab --ip=0.0.0.0 --ServerApp.tornado_settings='«{"xsrf_cookies":False}»'`,
      severity: "error",
    },
    {
      rule: "security-off",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.authenticate_prometheus=«False»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.nbconvert_csp_sandbox=«False»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.trust_xheaders=«True»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "«JUPYTER_ALLOW_INSECURE_WRITES=1» jupyter lab --ip=0.0.0.0",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "jupyter lab --ip=0.0.0.0 --ContentsManager.allow_hidden=«True»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    { rule: "security-off", text: "jupyter lab --ip=0.0.0.0 --notebook-dir=«/»" },
    {
      rule: "token-leak",
      text: "jupyter lab --ip=0.0.0.0 --ServerApp.use_redirect_file=«False»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    { rule: "dev-mode", text: "jupyter lab --ip=0.0.0.0 «--autoreload»", fixed: "jupyter lab --ip=0.0.0.0" },
    { rule: "dev-mode", text: "jupyter lab --ip=0.0.0.0 «--dev-mode»", fixed: "jupyter lab --ip=0.0.0.0" },
    {
      rule: "dev-mode",
      text: "jupyter lab --ip=0.0.0.0 «--expose-app-in-browser»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "plaintext",
      text: "jupyter lab --ip=0.0.0.0 --GatewayClient.validate_cert=«False»",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "plaintext",
      text: "«JUPYTER_GATEWAY_VALIDATE_CERT=no» jupyter lab --ip=0.0.0.0",
      fixed: "jupyter lab --ip=0.0.0.0",
    },
    {
      rule: "plaintext",
      text: 'jupyter lab --ip=0.0.0.0 --GatewayClient.auth_token="$TOKEN" --gateway-url=«http://gateway.example.com:8888»',
    },
    {
      rule: "internal-port",
      text: "jupyter lab --KernelManager.ip=«0.0.0.0»",
      fixed: "jupyter lab",
      severity: "error",
    },
  ],
  safe: [
    "jupyter lab",
    "jupyter lab --ip=127.0.0.1 --port=8888",
    "jupyter notebook --ip localhost --no-browser",
    "jupyter lab --sock=/run/user/1000/jupyter.sock",
    "docker run -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook",
    // None of these switches authentication off.
    "JUPYTER_TOKEN='' jupyter lab",
    "jupyter lab --token='' --password=''",
    "jupyter lab --ServerApp.password=''",
    "jupyter lab --PasswordIdentityProvider.hashed_password=''",
    "jupyter lab --ServerApp.allow_unauthenticated_access=True",
    "jupyter lab --NotebookApp.token='' --NotebookApp.password='argon2:$argon2id$v=19$m=10240,t=10,p=8$c2FsdA$aGFzaA'",
    "JUPYTER_TOKEN_FILE=/run/secrets/jupyter_token jupyter lab",
    'jupyter lab --IdentityProvider.token="$JUPYTER_TOKEN"',
    // These start nothing.
    "jupyter notebook list",
    "jupyter lab build --dev-build=False",
    "jupyter server --generate-config",
    "jupyter lab --version",
    "jupyter --version",
    "jupyter nbconvert --to html notebook.ipynb",
    "pip install jupyterlab",
    // The hub asks for the login.
    "JUPYTERHUB_API_TOKEN=\"$API_TOKEN\" jupyter lab --ServerApp.token=''",
    // These have no effect: the parser does not know them.
    "jupyter lab -ip=0.0.0.0",
    "jupyter lab --allow_origin='*'",
    "jupyter lab -- --ip=0.0.0.0",
    "jupyter lab --collaborative --debug",
  ],
};
