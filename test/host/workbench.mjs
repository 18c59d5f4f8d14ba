/**
 * VS Code as a person sees it: opened in a browser, with the packaged extension installed, driven by keys and clicks.
 * The files in workbench/*.test.mjs use it; `run.mjs` runs them, and keeps the extension and the copies of folders in
 * $LAUNCH_GUARD_WORK.
 *
 *     const workbench = await openWorkbench("examples");
 *     const { page } = workbench;
 *     await openFile(page, "Dockerfile");
 *     await waitForSquiggle(page);
 *     await quickFix(page, "Listen on this machine only");
 *     await waitForEditorText(page, "127.0.0.1");
 *     await workbench.close();
 *
 * Every helper waits for the state it needs or leaves behind, and fails after half a minute without it.
 */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { launchBrowser, startServer } from "./editor.mjs";
import { root } from "./setup.mjs";
import { until } from "./until.mjs";

const waitMs = 30_000;
const severities = ["error", "warning", "info", "hint"];
const opened = new Set();

/**
 * Opens a copy of `folder` (a path, relative to the main project), so that no test changes the original.
 * The copy's path is in the result, beside the `home` of all that the editor writes; `settings`, `env` and
 * `workspaceTrust` go to `startServer`.
 */
export async function openWorkbench(
  folder,
  { settings, machineSettings, env, workspaceTrust, size = { width: 1280, height: 800 } } = {},
) {
  const work = process.env.LAUNCH_GUARD_WORK;
  if (!work) throw new Error("LAUNCH_GUARD_WORK is not set: start this with node test/host/run.mjs workbench");

  const original = resolve(root, folder);
  const dir = await mkdtemp(join(work, "workbench-"));
  const workbench = { folder: join(dir, basename(original)), home: undefined, page: undefined, close };
  opened.add(workbench);
  let server, browser;
  async function close() {
    opened.delete(workbench);
    await browser?.close();
    await server?.stop();
    await rm(dir, { recursive: true, force: true });
  }

  try {
    await cp(original, workbench.folder, { recursive: true });
    server = await startServer({
      extensionsDir: join(work, "extensions"),
      settings: { ...readable, ...settings },
      machineSettings,
      env,
      workspaceTrust,
    });
    workbench.home = server.home;
    browser = await launchBrowser();
    // A context of its own, in which another window can be opened.
    workbench.page = await (await browser.newContext({ viewport: size })).newPage();
    workbench.page.setDefaultTimeout(waitMs);
    await workbench.page.goto(server.url(workbench.folder));
    await workbench.page.locator(".explorer-folders-view").waitFor();
  } catch (error) {
    await close();
    throw error;
  }
  return workbench;
}

/** Terminals are drawn as text, and once: sticky scroll would put a second one over them. */
const readable = {
  "terminal.integrated.gpuAcceleration": "off",
  "terminal.integrated.stickyScroll.enabled": false,
};

/** Takes a picture of every open workbench; `run.mjs` calls this after a failed test, which may have lost its page. */
export async function screenshotAll(path) {
  for (const { page } of opened) if (page && !page.isClosed()) await screenshot(page, path);
}

/** Closes what tests left open. */
export async function closeAll() {
  await Promise.all([...opened].map((workbench) => workbench.close()));
}

/** Opens a file by quick open (Ctrl+P). `name` is its name, or its path in the folder when the name is not unique. */
export async function openFile(page, name) {
  await pick(page, "Control+P", name, basename(name));
  await page.locator(`.tab.active[data-resource-name="${basename(name)}"]`).waitFor();
  await page.locator(".editor-instance .view-line").first().waitFor();
}

/** Runs a task of the folder by its label (Ctrl+P, `task LABEL`). */
export async function runTask(page, label) {
  await pick(page, "Control+P", `task ${label}`, label);
}

/** Runs a command by its full title ("Problems: Focus on Problems View") through the palette (F1). */
export async function command(page, title) {
  await pick(page, "F1", `>${title}`, title);
}

/** Waits for a squiggle, of one severity if given ("error", "warning", "info", "hint"). Returns its locator. */
export async function waitForSquiggle(page, severity) {
  const squiggle = squiggles(page, severity).first();
  await squiggle.waitFor();
  return squiggle;
}

/** Waits until no squiggle is left, of one severity if given. */
export async function waitForNoSquiggle(page, severity) {
  await squiggles(page, severity).first().waitFor({ state: "detached" });
}

/** All squiggles on the screen, for those who want the second one. */
export function squiggles(page, severity) {
  const wanted = severity ? [severity] : severities;
  return page.locator(wanted.map((name) => `.editor-instance .squiggly-${name}`).join(", "));
}

/** Goes to a squiggle (the first one unless told), opens its quick fixes and takes one with Enter. */
export async function quickFix(page, title, squiggle = squiggles(page).first()) {
  await showQuickFixes(page, squiggle);
  const options = page.locator(".action-widget .monaco-list-row.action");
  const titles = await options.locator(".title").allTextContents();
  if (!titles.includes(title)) throw new Error(`No quick fix "${title}"; offered are: ${titles.join(" | ")}`);

  const focused = page.locator(".action-widget .monaco-list-row.action.focused .title");
  for (const _ of titles) if ((await focused.textContent()) !== title) await page.keyboard.press("ArrowDown");
  await focused.filter({ hasText: exactly(title) }).waitFor();
  await page.keyboard.press("Enter");
  await options.first().waitFor({ state: "hidden" });
}

/**
 * Opens the quick fixes of a squiggle and leaves them open: for pictures, and to read what is offered.
 *
 * By a click on the light bulb, which shows the list that it was lit for. A request of our own (Ctrl+., the palette)
 * VS Code gives up unanswered when it asks for the light bulb meanwhile, as it does after each move of the cursor. To
 * know that the bulb was lit for this squiggle it has to go out first, on the first line, which needs to be in order.
 */
export async function showQuickFixes(page, squiggle = squiggles(page).first()) {
  await clickAt(page, squiggle);
  await page.keyboard.press("Control+Home");
  const lightBulb = page.locator(lightBulbs).filter({ visible: true });
  await lightBulb.waitFor({ state: "detached" });
  await clickAt(page, squiggle);
  await lightBulb.click();
  await page.locator(".action-widget .monaco-list-row.action").first().waitFor();
}

/** Clicks where an element lies, whatever lies over it: the text over a squiggle, the picture over a terminal's rows. */
export async function clickAt(page, locator) {
  const { x, y } = await placeOf(locator);
  await page.mouse.click(x, y);
}

/** Points at where an element lies, whatever lies over it. */
export async function pointAt(page, locator) {
  const { x, y } = await placeOf(locator);
  await page.mouse.move(x, y);
}

/** The middle of an element that has come to rest: while the editor draws its line anew, it is gone or has no size. */
async function placeOf(locator) {
  let before;
  return until(async () => {
    const box = await locator.boundingBox();
    const isAtRest = box?.width > 0 && box.height > 0 && isDeepStrictEqual(box, before);
    before = box;
    return isAtRest && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
}

/** Beside the text, and left of it where it has no room there. */
const lightBulbs = ".editor-instance .lightBulbWidget, .editor-instance .margin [class*=codicon-gutter-lightbulb]";

/** Opens the Problems panel and returns its text as it is now, one line per row; see also `waitForProblem`. */
export async function problems(page) {
  await command(page, "Problems: Focus on Problems View");
  const panel = page.locator(".markers-panel");
  const rows = panel.locator(".monaco-list-row");
  const empty = panel.locator(".message-box-container").getByText("No problems");
  await rows.first().or(empty).first().waitFor();
  const texts = (await rows.count()) > 0 ? await rows.allInnerTexts() : await empty.allInnerTexts();
  return texts.map(inOneLine).join("\n");
}

/** Opens the Problems panel and waits for a row with this text. */
export async function waitForProblem(page, text) {
  await command(page, "Problems: Focus on Problems View");
  await page.locator(".markers-panel .monaco-list-row", { hasText: text }).first().waitFor();
}

/** Waits for a notification with this text. Returns its locator, to press its buttons. */
export async function waitForNotification(page, text) {
  const notification = page.locator(".notification-toast", { hasText: text }).first();
  await notification.waitFor();
  return notification;
}

/** The lines of the editor on the screen. A file longer than the screen is cut. */
export function readEditorText(page) {
  return page.evaluate(editorText);
}

/** Waits until the editor on the screen shows `text`. */
export async function waitForEditorText(page, text) {
  await page.waitForFunction(`(${editorText})().includes(${JSON.stringify(text)})`);
}

/** Opens a terminal, waits for its prompt, types a line and presses Enter. */
export async function runInTerminal(page, line) {
  await command(page, "Terminal: Create New Terminal");
  await page.locator(".terminal-wrapper.active .xterm.focus .xterm-rows", { hasText: /[#$%>]/ }).waitFor();
  await typeInTerminal(page, line);
}

/** Presses a key in the terminal on the screen. */
export async function pressInTerminal(page, key) {
  await page.locator(".terminal-wrapper.active .xterm-helper-textarea").press(key);
}

/** Types a line into the terminal on the screen, as one paste, and presses Enter. */
export async function typeInTerminal(page, line) {
  await page.locator(".terminal-wrapper.active .xterm-helper-textarea").focus();
  await page.keyboard.insertText(line);
  await page.keyboard.press("Enter");
}

/** Waits until the terminal on the screen shows `text`. */
export async function waitForTerminalText(page, text) {
  await page.locator(".terminal-wrapper.active .xterm-rows", { hasText: text }).waitFor();
}

/** Takes a picture of the page, or of a part; `path` is relative to the main project. */
export async function screenshot(page, path, clip) {
  const file = resolve(root, path);
  await mkdir(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: "disabled", clip });
}

/**
 * Types into the box that `key` opens, and takes the entry with this label once it is the one in focus. A command that
 * asks at once uses the same box, which may never be seen to go: the entry goes in any case.
 */
async function pick(page, key, text, label) {
  await choose(page, key, text, label);
  await page.locator(".quick-input-widget .label-name", { hasText: exactly(label) }).waitFor({ state: "hidden" });
}

/** The list holds what there was when it was opened, and a window that has just opened gets more and more commands. */
async function choose(page, key, text, label) {
  const box = page.locator(".quick-input-widget");
  const wanted = box.locator(".quick-input-list .monaco-list-row.focused .label-name", { hasText: exactly(label) });
  const deadline = Date.now() + waitMs;
  for (;;) {
    // A box that is about to go would take the key.
    await page.locator(".quick-input-widget[inert]").waitFor({ state: "hidden" });
    await page.keyboard.press(key);
    await box.locator(".quick-input-box input").fill(text);
    const isThere = await wanted.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    if (Date.now() > deadline) throw new Error(`There is no "${label}" for ${text}`);
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden" });
  }
  await page.keyboard.press("Enter");
}

/** Runs in the page, so it must stand alone. VS Code keeps the lines in no order, and writes spaces as no-break ones. */
function editorText() {
  const lines = [...document.querySelectorAll(".editor-group-container.active .editor-instance .view-line")];
  const top = (line) => Number.parseInt(line.style.top, 10);
  return lines
    .sort((a, b) => top(a) - top(b))
    .map((line) => line.textContent.replaceAll("\u00a0", " "))
    .join("\n");
}

function exactly(text) {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

function inOneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
