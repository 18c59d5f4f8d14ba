import { expandWord } from "./expand.ts";
import type { AndOr, Case, FunctionNode, If, LoopNode, Statement, SyntaxNode } from "./parse.ts";
import { runCommand } from "./simple.ts";
import { removeArgument } from "./slot.ts";
import { linkSite, listSites, type Site } from "./statement.ts";
import { runSubstitutions } from "./substitutions.ts";
import { parameters } from "./variables.ts";
import { evaluate, placeOfNode, type Walk } from "./walk.ts";

/** Runs statements one after the other. */
export function runStatements(statements: readonly Statement[], walk: Walk, topLevel = false): void {
  const sites = listSites(statements, topLevel);
  statements.forEach((statement, index) => {
    const run = () => runNode(statement.command, walk, sites[index]);
    if (statement.background) inBackground(run, walk);
    else run();
  });
}

function inBackground(run: () => void, walk: Walk): void {
  const outer = walk.background;
  walk.background = true;
  walk.variables.isolated(run);
  walk.background = outer;
}

/** Runs a part of the script: what is in it is started, and its assignments hold from there on. */
export function runNode(node: SyntaxNode, walk: Walk, site?: Site): void {
  const { variables } = walk;
  switch (node.type) {
    case "Command":
      runSubstitutions(node, walk);
      runCommand(node, site, walk);
      break;
    case "AndOr":
      runChain(node, walk);
      break;
    case "Pipeline":
      for (const command of node.commands) {
        if (node.commands.length > 1) variables.isolated(() => runNode(command, walk));
        else runNode(command, walk);
      }
      break;
    case "Script":
    case "CompoundList":
      deeper(node, walk, () => runStatements(node.commands, walk));
      break;
    case "BraceGroup":
      runNode(node.body, walk);
      break;
    case "Subshell":
    case "Coproc":
      variables.isolated(() => runNode(node.body, walk));
      break;
    case "Redirected":
      for (const redirect of node.redirects) runSubstitutions(redirect, walk);
      runNode(node.command, walk);
      break;
    case "Function":
      walk.functions.set(node.name.value, node);
      break;
    case "If":
      runIf(node, walk);
      break;
    case "Case":
      runCase(node, walk);
      break;
    case "For":
    case "Select":
    case "While":
    case "ArithmeticFor":
      runLoop(node, walk);
      break;
    default:
      runSubstitutions(node, walk);
  }
}

/** Runs something one level further down, unless that is too deep. */
function deeper(node: SyntaxNode, walk: Walk, run: () => void): void {
  if (walk.depth >= deepest) {
    if (!walk.limits.some(({ what }) => what === "nesting")) {
      walk.limits.push({ at: placeOfNode(node, walk), what: "nesting" });
    }
    return;
  }
  walk.depth++;
  run();
  walk.depth--;
}

/** Deeper than any script that a person wrote, and shallow enough for the parser, which reads each level again. */
const deepest = 40;

/** What follows an `&&` sees what came before it; what follows an `||` may be run or not. */
function runChain({ commands, operators }: AndOr, walk: Walk): void {
  const groups: (() => void)[][] = [[]];
  commands.forEach((command, index) => {
    if (operators[index - 1] === "||") groups.push([]);
    const next = operators[index] === "&&" ? commands[index + 1] : undefined;
    groups.at(-1)?.push(() => runNode(command, walk, linkSite(next?.pos)));
  });
  groups.forEach((group, index) => {
    const run = () => {
      const [first, ...rest] = group;
      first?.();
      const links = () => {
        for (const link of rest) link();
      };
      if (rest.length > 0) walk.variables.branch([links], false);
    };
    if (index === 0) run();
    else walk.variables.branch([run], false);
  });
}

function runIf(node: If, walk: Walk): void {
  runNode(node.clause, walk);
  const arms = [
    () => runNode(node.then, walk),
    ...node.elif.map(({ clause, then }) => () => {
      runNode(clause, walk);
      runNode(then, walk);
    }),
  ];
  const { else: otherwise } = node;
  if (otherwise) arms.push(() => runNode(otherwise, walk));
  walk.variables.branch(arms, otherwise !== undefined);
}

function runCase({ word, items }: Case, walk: Walk): void {
  runSubstitutions(word, walk);
  const exhaustive = items.some(({ pattern }) => pattern.some(({ text }) => text === "*"));
  const arms = items.map(
    ({ body }) =>
      () =>
        runNode(body, walk),
  );
  walk.variables.branch(arms, exhaustive);
}

/** A loop's body is run once, or not at all. */
function runLoop(node: LoopNode, walk: Walk): void {
  const { variables } = walk;
  // The usual loop over options; in its second round `$1` is something else.
  if (/\bshift\b/.test(walk.tree.script.text.slice(node.body.pos, node.body.end)))
    variables.set(parameters, [undefined]);
  if (node.type === "While") runNode(node.clause, walk);
  variables.branch(
    [
      () => {
        if (node.type === "For" || node.type === "Select") setLoopVariable(node, walk);
        runNode(node.body, walk);
      },
    ],
    false,
  );
}

function setLoopVariable({ name, wordlist }: Extract<LoopNode, { type: "For" | "Select" }>, walk: Walk): void {
  for (const word of wordlist ?? []) runSubstitutions(word, walk);
  const words = evaluate(walk, (context) => {
    if (!wordlist) return context.lookup(parameters)?.words ?? [];
    return wordlist.flatMap((word) => expandWord(word, context, removeArgument));
  }).flat();
  const values = words.map((word) => (word.splits ? undefined : { words: [word], array: false, at: word.at }));
  walk.variables.set(name.text, values.length > 0 ? values : [undefined]);
}

/** Runs the functions that nothing called, with parameters that nobody knows. */
export function runUncalled(walk: Walk): void {
  const uncalled = (): FunctionNode | undefined => [...walk.functions.values()].find((node) => !walk.calls.has(node));
  for (let node = uncalled(); node; node = uncalled()) {
    const { body } = node;
    walk.calls.set(node, 1);
    walk.variables.set(parameters, [undefined]);
    walk.variables.isolated(() => runNode(body, walk));
  }
}
