const extension = /\.(sh|bash|zsh|ksh)$/i;

/** Files that a shell reads when it starts, and direnv's. */
const names = new Set([
  ".bashrc",
  ".bash_profile",
  ".bash_login",
  ".bash_logout",
  ".bash_aliases",
  ".zshrc",
  ".zshenv",
  ".zprofile",
  ".zlogin",
  ".kshrc",
  ".profile",
  ".envrc",
]);

const shells = new Set(["sh", "bash", "zsh", "dash", "ksh", "ash", "mksh"]);

/** Whether a file is a shell script: by its first line where that names a program, else by its name. */
export function isShellScript(path: string, text: string): boolean {
  const shebang = /^\uFEFF?#!([^\r\n]*)/.exec(text)?.[1];
  if (shebang !== undefined) return namesShell(shebang);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return extension.test(name) || names.has(name);
}

/** `#!/bin/sh -e`, `#!/usr/bin/env -S bash`, `#!/usr/bin/with-contenv bash`. */
function namesShell(shebang: string): boolean {
  return shebang.split(/\s+/).some((word) => shells.has(word.slice(word.lastIndexOf("/") + 1)));
}
