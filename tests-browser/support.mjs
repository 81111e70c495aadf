/**
 * What all browser tests share: a Peil of their own on a free port, Chromium, ways to set up,
 * sign in and make a questionnaire, and two checks: axe in both colour schemes, and the page as a
 * screen reader meets it, compared with a stored file.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const SNAPSHOTS = new URL("snapshots/", import.meta.url);

export const OWNER = { email: "sanne@example.nl", password: "vier rode fietsen in de regen" };

/** Who signs in to the demonstration. */
export const DEMO_OWNER = { email: "eva@example.nl", password: "fietsbel remblok zadelpen" };

/** Starts Peil on an empty data folder, or on `folder`; `demo` makes the demonstration first. */
export async function startPeil({ folder, args = [], command = "serve" } = {}) {
  assert.ok(process.env.PEIL_BIN, "PEIL_BIN names the program to be tested");
  const data = folder ?? (await mkdtemp(join(tmpdir(), "peil-browser-")));
  const child = spawn(
    process.env.PEIL_BIN,
    [command, "--data", data, "--listen", "127.0.0.1:0", ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const errors = [];
  child.stderr.on("data", (text) => errors.push(text));
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`peil stopped (${code}): ${errors.join("")}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /^ready: (http:\/\/\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  return {
    url,
    data,
    /** Ends the program; removes its folder unless it was given. */
    async stop() {
      child.removeAllListeners("exit");
      if (child.exitCode === null) {
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
      }
      if (!folder) await rm(data, { recursive: true, force: true });
    },
  };
}

/** Starts Chromium; one is enough for a whole file of tests. */
export function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A new visitor without cookies. Scripts of tests may run on pages that allow none. */
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({ locale: "nl-NL", bypassCSP: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  return page;
}

/** Collects what a page complains about: errors of scripts and whatever the CSP refuses. */
export function complaintsOf(page) {
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

/** Goes through the first visit: the organisation and its owner. */
export async function setUp(page, url, organisation = "Testwinkel") {
  await page.goto(`${url}/set-up`);
  await page.locator("[name=organisation]").fill(organisation);
  await page.locator("[name=name]").fill("Sanne de Boer");
  await page.locator("[name=email]").fill(OWNER.email);
  await page.locator("[name=password]").fill(OWNER.password);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL((address) => !address.pathname.startsWith("/set-up"));
}

/** Signs the owner in, or someone else. */
export async function signIn(page, url, who = OWNER) {
  await page.goto(`${url}/sign-in`);
  await page.locator("[name=email]").fill(who.email);
  await page.locator("[name=password]").fill(who.password);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
}

/** Makes and publishes a questionnaire from a template; it answers at `/s/{name}`. */
export async function makeSurvey(page, url, template, name, { allowsRepeats = true } = {}) {
  await page.goto(`${url}/surveys/new/${template}`);
  await page.locator("main [name=name]").fill(name);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/surveys\/[0-9a-f-]{36}/);
  const survey = new URL(page.url()).pathname;
  await page.goto(`${url}${survey}/settings`);
  await page.locator("[name=allows_repeats]").setChecked(allowsRepeats);
  await page.locator(`form[action="${survey}/settings"] button[type=submit]`).click();
  await page.goto(`${url}${survey}/publish`);
  await page.locator(`form[action="${survey}/publish"] button[type=submit]`).click();
  await page.waitForURL((address) => !address.pathname.endsWith("/publish"));
  return survey;
}

let axeSource;

/** Finds nothing against WCAG 2.2 AA and best practices, light and dark. */
export async function checkAxe(page, what) {
  axeSource ??= await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() =>
      window.axe.run(document, { resultTypes: ["violations"] }),
    );
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
    );
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Nothing sticks out at the side. */
export async function checkWidth(page, what) {
  const { excess, widest } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const outside = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > room + 0.5,
    );
    return {
      excess: document.documentElement.scrollWidth - room,
      widest: outside.slice(0, 8).map(({ tagName, className }) => `${tagName}.${className}`),
    };
  });
  assert.ok(excess <= 0, `${what} is ${excess} px too wide: ${widest.join(", ")}`);
}

/**
 * Compares the page as a screen reader meets it with the stored file; `UPDATE_SNAPSHOTS=1` writes
 * the file anew.
 */
export async function checkSnapshot(page, name) {
  // What stands for a form is another one every time.
  const form = /(?<=[?&]form=)[\w-]+/g;
  const now = `${await page.locator("body").ariaSnapshot()}\n`.replace(form, "TOKEN");
  const file = new URL(`${name}.yml`, SNAPSHOTS);
  if (process.env.UPDATE_SNAPSHOTS) {
    await mkdir(SNAPSHOTS, { recursive: true });
    await writeFile(file, now);
    return;
  }
  assert.equal(now, await readFile(file, "utf8"), `snapshots/${name}.yml`);
}
