// Builds what ships and what is tested. Empties dist and out first, so that nothing stale is shipped or run.
const { rmSync } = require("node:fs");
const esbuild = require("esbuild");

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/**
 * Everything but activation is a bundle of its own, required when it is needed: merely to compile it takes longer than
 * an extension may hold up the editor's start.
 * @type {import("esbuild").Plugin}
 */
const sessionApart = {
  name: "session-apart",
  setup(build) {
    build.onResolve({ filter: /\/session\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./session.js", external: true } : undefined,
    );
  },
};

/** @type {Record<string, import("esbuild").BuildOptions>} */
const bundles = {
  extension: {
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    plugins: [sessionApart],
    // `import()` becomes `require`, which is where the editor gives extensions its API.
    supported: { "dynamic-import": false },
    minify: true,
    metafile: true,
  },
  session: {
    ...common,
    entryPoints: ["src/editor/session.ts"],
    outfile: "dist/session.js",
    external: ["vscode"],
    minify: true,
    metafile: true,
  },
  // Deliberately without `external: ["vscode"]`: the command line must not reach for the editor.
  cli: {
    ...common,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    minify: true,
    metafile: true,
    banner: { js: "#!/usr/bin/env node" },
  },
  test: {
    ...common,
    entryPoints: ["core", "cli", "editor", "package", "project"].map((folder) => `test/${folder}/**/*.test.ts`),
    outdir: "out/test",
    external: ["esbuild", "dockerfile-ast", "fast-check"],
    alias: { vscode: "./test/stub/vscode.ts" },
    sourcemap: "inline",
  },
  scripts: {
    ...common,
    entryPoints: ["scripts/*.ts"],
    outdir: "out/scripts",
  },
};

async function main() {
  for (const folder of ["dist", "out/test", "out/scripts"]) rmSync(folder, { recursive: true, force: true });
  await Promise.all(Object.values(bundles).map((options) => esbuild.build(options)));
}

main().catch(() => process.exit(1));
