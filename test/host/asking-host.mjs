/**
 * A host that asks for more than one thing at log-in, as hosts with a second factor do: an ssh2 server on 127.0.0.1,
 * known as `codebox`, which asks by keyboard-interactive in words of its own. Who has answered gets a shell of this
 * machine, and every port of its loopback.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";

/** What the host asks first, in one go; what it asks then, once that is right. */
export const badge = {
  title: "Staff only",
  instructions: "Have your badge at hand.",
  fields: [
    { prompt: "Badge number: ", echo: true, answer: "4711" },
    { prompt: "PIN: ", echo: false, answer: "1234" },
  ],
};
export const code = {
  title: "",
  instructions: "",
  fields: [{ prompt: "Code from your phone: ", echo: false, answer: "271828" }],
};

/** Starts the host; its key is in `known_hosts` already. `logins()` says how often somebody has got in. */
export async function askingHost() {
  const folder = await mkdtemp(join(tmpdir(), "lgc-"));
  const hostKey = ssh2.utils.generateKeyPairSync("ed25519");
  const open = new Set();
  let logins = 0;
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
    open.add(connection);
    // A client that leaves in the middle of a question is nothing that went wrong here.
    connection.on("error", () => connection.end());
    connection.on("close", () => open.delete(connection));
    connection.on("authentication", (login) => judge(login));
    connection.on("ready", () => logins++);
    connection.on("session", (accept) => accept().on("exec", (take, _, { command }) => runs(command, take(), folder)));
    connection.on("tcpip", (accept, refuse, { destIP, destPort }) => leads(destIP, destPort, accept, refuse));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const knownHosts = join(folder, "known_hosts");
  const configFile = join(folder, "config");
  await writeFile(knownHosts, `[127.0.0.1]:${port} ${hostKey.public}\n`);
  await writeFile(configFile, configText(port, knownHosts));
  return {
    configFile,
    logins: () => logins,
    async stop() {
      for (const connection of open) connection.end();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function judge(login) {
  const refuse = () => login.reject(["keyboard-interactive"]);
  if (login.method !== "keyboard-interactive") return refuse();
  for (const question of [badge, code]) if (!(await isAnswered(login, question))) return refuse();
  login.accept();
}

/** RFC 4256, 3.2: any number of rounds, each with a title, instructions and fields of which some may be shown. */
function isAnswered(login, { title, instructions, fields }) {
  const wanted = fields.map(({ answer }) => answer).join("\n");
  const prompts = fields.map(({ prompt, echo }) => ({ prompt, echo }));
  return new Promise((resolve) =>
    login.prompt(prompts, title, instructions, (answers) => resolve(answers.join("\n") === wanted)),
  );
}

function runs(command, channel, home) {
  const child = spawn("/bin/sh", ["-c", command], { env: { PATH: process.env.PATH, HOME: home } });
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  // What ends without reading all of its input is told so by the exit status.
  child.stdin.on("error", () => channel.unpipe(child.stdin));
  child.on("close", (status) => {
    channel.exit(status ?? 1);
    channel.end();
  });
}

function leads(host, port, accept, refuse) {
  const socket = connect(port, host);
  socket.once("error", refuse);
  socket.once("connect", () => {
    socket.off("error", refuse);
    const channel = accept();
    socket.on("error", () => channel.end());
    channel.on("error", () => socket.destroy());
    socket.pipe(channel).pipe(socket);
  });
}

function configText(port, knownHosts) {
  return [
    "Host codebox",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    `  User ${userInfo().username}`,
    "  IdentityFile none",
    "  IdentityAgent none",
    `  UserKnownHostsFile ${knownHosts}`,
    "  GlobalKnownHostsFile /dev/null",
    "",
  ].join("\n");
}
