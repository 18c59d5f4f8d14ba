// Builds what ships and what is tested. Empties dist and out first, so that nothing stale is shipped or run.
const { rmSync } = require("node:fs");
const { dirname, resolve } = require("node:path");
const esbuild = require("esbuild");

/**
 * Modules that are only imported when they are needed become bundles of their own beside the one that needs them: what
 * the editor starts with is small, and nobody loads a schema who has no configuration.
 * @type {Record<string, string>}
 */
const apart = {
  session: "src/editor/session.ts",
  settings: "src/editor/settings.ts",
  scan: "src/editor/scan.ts",
  tunnels: "src/editor/tunnels/session.ts",
  terminal: "src/terminal/session.ts",
  python: "src/core/sources/python/python.ts",
  "config-file": "src/core/config-file.ts",
  diff: "src/cli/diff.ts",
  "tunnel-commands": "src/cli/tunnel/index.ts",
  "audit-findings": "src/tunnel/audit/findings.ts",
};

/** @type {import("esbuild").Plugin} */
const apartPlugin = {
  name: "apart",
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const name = Object.keys(apart).find((each) => resolve(apart[each]) === resolve(resolveDir, path));
      return name && { path: `./${name}.js`, external: true };
    });
  },
};

/**
 * The `yaml` package offers Node one piece that cannot be taken apart; its modules for browsers are the same code, and
 * leave out what nobody asks for once the bundler is told that importing them does nothing by itself.
 * @type {import("esbuild").Plugin}
 */
const yamlPlugin = {
  name: "yaml-modules",
  setup(build) {
    const modules = resolve(dirname(require.resolve("yaml")), "../browser/dist");
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: resolve(modules, "index.js"), sideEffects: false }));
    build.onResolve({ filter: /^\./ }, ({ importer, path, resolveDir }) =>
      importer.startsWith(modules) ? { path: resolve(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};

/**
 * ssh2 loads its server, file transfer, key maker and HTTP agents whether anybody uses them or not; its client names
 * `SFTP` only once a file transfer is opened.
 * @type {import("esbuild").Plugin}
 */
const ssh2Plugin = {
  name: "ssh2-client-only",
  setup(build) {
    build.onLoad({ filter: /[\\/]ssh2[\\/]lib[\\/](server|keygen|http-agents|protocol[\\/]SFTP)\.js$/ }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  mainFields: ["module", "main"],
  charset: "utf8",
  logLevel: "warning",
};

/** @type {import("esbuild").BuildOptions} */
const shipped = {
  ...common,
  minify: true,
  metafile: true,
  plugins: [apartPlugin, yamlPlugin],
  // `import()` becomes `require`, which is where the editor gives extensions its API.
  supported: { "dynamic-import": false },
};

/** @type {Record<string, import("esbuild").BuildOptions>} */
const bundles = {
  extension: { ...shipped, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"] },
  session: { ...shipped, entryPoints: [apart.session], outfile: "dist/session.js", external: ["vscode"] },
  settings: { ...shipped, entryPoints: [apart.settings], outfile: "dist/settings.js", external: ["vscode"] },
  tunnels: { ...shipped, entryPoints: [apart.tunnels], outfile: "dist/tunnels.js", external: ["vscode"] },
  scan: { ...shipped, entryPoints: [apart.scan], outfile: "dist/scan.js", external: ["vscode"] },
  terminal: { ...shipped, entryPoints: [apart.terminal], outfile: "dist/terminal.js", external: ["vscode"] },
  python: { ...shipped, entryPoints: [apart.python], outfile: "dist/python.js" },
  // Deliberately without `external: ["vscode"]`: the command line must not reach for the editor.
  cli: {
    ...shipped,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    banner: { js: "#!/usr/bin/env node" },
  },
  configFile: { ...shipped, entryPoints: [apart["config-file"]], outfile: "dist/config-file.js" },
  diff: { ...shipped, entryPoints: [apart.diff], outfile: "dist/diff.js" },
  tunnelCommands: { ...shipped, entryPoints: [apart["tunnel-commands"]], outfile: "dist/tunnel-commands.js" },
  tunnelWorker: {
    ...shipped,
    entryPoints: ["src/tunnel/worker/main.ts"],
    outfile: "dist/tunnel-worker.js",
    plugins: [...shipped.plugins, ssh2Plugin],
    // Optional parts of ssh2, bound to one build of Node: it runs without them.
    external: ["*.node", "cpu-features"],
  },
  auditFindings: { ...shipped, entryPoints: [apart["audit-findings"]], outfile: "dist/audit-findings.js" },
  // What OpenSSH runs to ask a question; it hands the question to the worker.
  askpass: { ...shipped, entryPoints: ["src/tunnel/openssh/askpass.ts"], outfile: "dist/askpass.js" },
  test: {
    ...common,
    entryPoints: ["core", "cli", "editor", "package", "project", "terminal", "tunnel"].map(
      (folder) => `test/${folder}/**/*.test.ts`,
    ),
    outdir: "out/test",
    external: ["esbuild", "dockerfile-ast", "fast-check", "ssh2"],
    alias: { vscode: "./test/stub/vscode.ts" },
    sourcemap: "inline",
  },
  scripts: {
    ...common,
    // The benchmark activates the extension on the stub of the editor.
    entryPoints: {
      bench: "scripts/bench.ts",
      docs: "scripts/docs.ts",
      vscode: "test/stub/vscode.ts",
      "bench-tunnel": "scripts/bench-tunnel/main.ts",
      near: "scripts/bench-tunnel/near.ts",
      peer: "scripts/bench-tunnel/peer.ts",
      relay: "scripts/bench-tunnel/relay.ts",
    },
    outdir: "out/scripts",
    external: ["ssh2"],
  },
};

async function main() {
  for (const folder of ["dist", "out/test", "out/scripts"]) rmSync(folder, { recursive: true, force: true });
  await Promise.all(Object.values(bundles).map((options) => esbuild.build(options)));
}

// A test asks what is in each bundle.
module.exports = { bundles };

if (require.main === module) main().catch(() => process.exit(1));
