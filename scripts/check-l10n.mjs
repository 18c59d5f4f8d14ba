/**
 * Finds every text that a user sees and that translators would not: in the editor half, strings that do not go through
 * `vscode.l10n.t`; everywhere, templates of `message()` that are put together; in package.json, texts that do not stand
 * in package.nls.json. Reads the project of the folder it is given, or of this one. Exits with 1 where it finds some.
 */
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as ast from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

const root = resolve(process.argv[2] ?? ".");

function main() {
  const problems = [...inSources(), ...inManifest()];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

/** What the editor's API shows to people, by the name of the property. */
const shownProperties = new Set(
  "label title description detail tooltip text name message prompt placeHolder placeholder heading category".split(" "),
);
/** What is called with a text to show. */
const shows =
  /^vscode\.window\.(show\w+Message|setStatusBarMessage|createTerminal)$|\.(appendText|appendMarkdown)$|^vscode\.(TreeItem|CodeAction|Hover)$/;
/** What takes a text for translators, or one that only we read. */
const isTold = /(^|\.)l10n\.t$|^message$|^(log|vscode\.commands|console)\.|^desk\.log\.|^(logBug|guarded|Error)$/;
/** What our programs and those that we talk to are called, in every language. */
const names = new Set(["Launch Guard", "ssh2"]);

/** Texts of the editor half, and templates of the whole project. */
function inSources() {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProjects: [resolve(root, "tsconfig.json")] }).getProjects();
    const program = project.program;
    const files = program.getSourceFileNames().filter((file) => relative(root, file).startsWith("src/"));
    return files.flatMap((file) => problemsIn(program.getSourceFile(file), relative(root, file)));
  } finally {
    api.close();
  }
}

function problemsIn(source, path) {
  const inEditor = path === "src/extension.ts" || path.startsWith("src/editor/");
  const constants = constantsOf(source);
  const found = [];
  const visit = (node) => {
    if (isAssembledTemplate(node, constants)) found.push(`${place(node)}: the template of message() is put together`);
    if (inEditor && isUntranslated(node)) found.push(`${place(node)}: not translated: ${node.getText()}`);
    node.forEachChild(visit);
  };
  const place = (node) => {
    const before = source.text.slice(0, node.getStart()).split("\n");
    return `${path}:${before.length}:${before.at(-1).length + 1}`;
  };
  visit(source);
  return found;
}

/**
 * `message(a + b)`, `message(`…${x}…`)`, `message(make())`, or such a value under a name: translators find what is
 * written as a whole, be it here, in a table or in a constant.
 */
function isAssembledTemplate(node, constants) {
  if (!ast.isCallExpression(node) || node.expression.getText() !== "message") return false;
  const [template] = node.arguments;
  return template !== undefined && !isWhole(template, constants);
}

function isWhole(node, constants) {
  if (ast.isConditionalExpression(node)) return isWhole(node.whenTrue, constants) && isWhole(node.whenFalse, constants);
  if (ast.isBinaryExpression(node))
    return node.operatorToken.getText() === "??" && isWhole(node.left, constants) && isWhole(node.right, constants);
  // What is handed in was checked where it was made, as far as it goes.
  if (ast.isIdentifier(node)) return valuesOf(node, constants).every((value) => isWhole(value, constants));
  return isWritten(node);
}

function isWritten(node) {
  if (ast.isPropertyAccessExpression(node) || ast.isElementAccessExpression(node)) return true;
  return ast.isStringLiteral(node) || ast.isNoSubstitutionTemplateLiteral(node);
}

/** What the names of a file stand for. */
function constantsOf(source) {
  const constants = [];
  const visit = (node, scope) => {
    if (ast.isVariableDeclaration(node) && ast.isIdentifier(node.name) && node.initializer)
      constants.push({ name: node.name.text, scope, value: node.initializer });
    node.forEachChild((child) => visit(child, ast.isBlock(node) ? node : scope));
  };
  visit(source, source);
  return constants;
}

/** What a name stands for where it is used; nothing for what is handed in. */
function valuesOf(use, constants) {
  const seen = constants.filter(({ name, scope }) => name === use.text && scope.pos <= use.pos && use.end <= scope.end);
  return seen.map(({ value }) => value);
}

/** A string with words in it that is shown, or that reads like a sentence and is not known to be for us alone. */
function isUntranslated(node) {
  const text = writtenText(node);
  if (text === undefined || names.has(text) || !/\p{L}{2}/u.test(text)) return false;
  const use = useOf(node);
  return use === "shown" || (use === "unknown" && /\p{L}{2,}[,:;]? \p{L}{2,}/u.test(text));
}

/** The text without icons and values; `undefined` for what is no text. */
function writtenText(node) {
  if (ast.isStringLiteral(node) || ast.isNoSubstitutionTemplateLiteral(node)) return withoutIcons(node.text);
  if (!ast.isTemplateExpression(node)) return undefined;
  return withoutIcons([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("0"));
}

function withoutIcons(text) {
  return text.replace(/\$\([^)]*\)?/g, "");
}

/** Where a text goes: "shown", "told" (to translators, or to us), or "unknown". */
function useOf(node) {
  const { parent } = node;
  if (parent === undefined || ast.isImportDeclaration(parent) || ast.isLiteralTypeNode(parent)) return "told";
  if (ast.isCallExpression(parent) || ast.isNewExpression(parent)) {
    // `["a", b].join(" ")` goes where its result goes.
    if (parent.expression === node) return useOf(parent);
    const called = parent.expression.getText();
    if (isTold.test(called)) return "told";
    return shows.test(called) ? "shown" : "unknown";
  }
  if (ast.isPropertyAssignment(parent) && parent.initializer === node) return useAs(parent.name.getText());
  if (ast.isBinaryExpression(parent) && parent.operatorToken.getText() === "=")
    return ast.isPropertyAccessExpression(parent.left) ? useAs(parent.left.name.text) : "unknown";
  // A comparison shows nothing.
  if (ast.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return "told";
  if (ast.isConditionalExpression(parent) && parent.condition === node) return "told";
  if (ast.isTemplateSpan(parent) && isIconName(parent)) return "told";
  return passesOn(parent) ? useOf(parent) : "unknown";
}

/** `$(${icon})`. */
function isIconName(span) {
  const { head, templateSpans } = span.parent;
  const index = templateSpans.indexOf(span);
  return (index === 0 ? head : templateSpans[index - 1].literal).text.endsWith("$(");
}

function useAs(property) {
  return shownProperties.has(property) ? "shown" : "unknown";
}

/** Expressions whose value is, or is made of, the value inside. */
function passesOn(node) {
  return [
    ast.isConditionalExpression,
    ast.isBinaryExpression,
    ast.isParenthesizedExpression,
    ast.isArrayLiteralExpression,
    ast.isSpreadElement,
    ast.isTemplateSpan,
    ast.isTemplateExpression,
    ast.isAsExpression,
    ast.isSatisfiesExpression,
    ast.isPropertyAccessExpression,
  ].some((is) => is(node));
}

/** The manifest's texts, which the editor takes from package.nls.json. */
function inManifest() {
  const { contributes } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
  const keys = new Set(["title", "name", "contents", "description", "markdownDescription", "enumDescriptions"]);
  const found = [];
  const visit = (value, key, path) => {
    if (typeof value === "object" && value !== null) {
      for (const [each, inner] of Object.entries(value))
        visit(inner, Array.isArray(value) ? key : each, `${path}.${each}`);
    } else if (keys.has(key) && !names.has(value) && !/^%.*%$/.test(value))
      found.push(`package.json: ${path}: not translated: ${value}`);
  };
  visit(contributes, "", "contributes");
  return found;
}

main();
