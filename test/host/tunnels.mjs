/** What a person does with tunnels in the workbench, beside the keys and clicks of `workbench.mjs`. */
import { until } from "./until.mjs";
import { command } from "./workbench.mjs";

/** The rows of the *Tunnels* view whose name has this text. */
export function row(page, name) {
  return page.locator(".pane-body .monaco-list-row", { hasText: name });
}

/** The box of quick picks and input boxes. */
export function box(page) {
  return page.locator(".quick-input-widget");
}

export function dialog(page) {
  return page.locator(".monaco-dialog-box");
}

/**
 * The notification with this text. The notification centre is opened for it: of more than three within 800 ms VS Code
 * shows no toast, and those of plain information go by themselves. Where the centre closes because its last one has
 * gone, the next one is a toast.
 */
export async function told(page, text) {
  const centre = page.locator(".notifications-center.visible");
  if (!(await centre.isVisible())) await command(page, "Notifications: Show Notifications");
  const toasts = page.locator(".notification-toast");
  const item = centre.or(toasts).locator(".notification-list-item", { hasText: text }).first();
  await item.waitFor();
  return item;
}

/** How many notifications there are to read. */
export function notifications(page) {
  return page.locator(".notifications-center.visible .notification-list-item, .notification-toast").count();
}

/** Opens our view in the activity bar. */
export async function showView(page) {
  await page.locator(".activitybar").getByLabel("Launch Guard").first().click();
  await page.locator(".pane-header", { hasText: "Tunnels" }).waitFor();
}

/**
 * Types into a quick pick that asks anew, and takes the entry that the typed text leaves in focus. What is typed while
 * the palette or the step before it is still there would be lost.
 */
export async function take(page, text, label = text) {
  await page.waitForFunction(asksAnew);
  await page.keyboard.type(text);
  await box(page).locator(".monaco-list-row.focused", { hasText: label }).waitFor();
  await page.keyboard.press("Enter");
}

/** Run in the page: the palette has no title, and a question that was answered has a text. */
function asksAnew() {
  const title = document.querySelector(".quick-input-widget .quick-input-title");
  const input = document.querySelector(".quick-input-widget .quick-input-box input:focus");
  return title?.checkVisibility() && title.textContent !== "" && input?.value === "";
}

/** Takes an entry of a row's menu. */
export async function choose(page, name, entry) {
  await row(page, name).click({ button: "right" });
  await page.locator(".monaco-menu").getByRole("menuitem", { name: entry }).hover();
  // A click so soon after the one that opened the menu would be taken for a slip of the hand.
  await page.keyboard.press("Enter");
}

/** Answers the input box with this title. */
export async function answer(page, title, text) {
  await asked(page, title);
  await box(page).locator(".quick-input-box input:focus").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** Waits for the box with this title, after which its steps may be counted. */
export async function asked(page, title) {
  const pattern = new RegExp(`^${title}( \\(\\d/\\d\\))?$`);
  await box(page).locator(".quick-input-title", { hasText: pattern }).waitFor();
}

/** Trusts the host that is asked about, and remembers it. */
export async function trust(page) {
  await dialog(page).getByRole("button", { name: "Trust and Remember" }).click();
}

/** Runs a command of ours by its title in the palette. */
export function run(page, title) {
  return command(page, `Launch Guard: ${title}`);
}

/** Waits until the row says this, and returns what it says. */
export async function says(page, name, pattern, timeout = undefined) {
  const wanted = row(page, name).filter({ hasText: pattern }).first();
  await wanted.waitFor({ timeout });
  return wanted.innerText();
}

/** While a tunnel is up its row says since when. */
export const up = /127\.0\.0\.1:\d+ · (up|\d+ (s|min))/;

/** Waits until a tunnel is up, and returns its port on this machine. */
export async function portOf(page, name, timeout = undefined) {
  const [, port] = /127\.0\.0\.1:(\d+) · (?:up|\d+ (?:s|min))/.exec(await says(page, name, up, timeout)) ?? [];
  return Number(port);
}

/** What the page's user would paste. */
export function clipboard(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The same, once it is what is waited for: no event tells of a clipboard. */
export function copied(page, pattern) {
  return until(async () => {
    const text = await clipboard(page);
    return pattern.test(text) && text;
  });
}
