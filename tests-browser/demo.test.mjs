/**
 * Every page for colleagues, full of the demonstration's data: axe in both colour schemes with
 * everything folded and unfolded, nothing too wide on a phone, no complaints in the console under
 * the real Content-Security-Policy, and no link that leads nowhere.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  DEMO_OWNER, checkAxe, checkWidth, complaintsOf, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

let peil;
let browser;
let page;
let complaints;
/** Every address inside Peil that a visited page links to, by shape. */
const links = new Map();

before(async () => {
  peil = await startPeil({ command: "demo" });
  browser = await startBrowser();
  page = await visitor(browser, { bypassCSP: false });
  await signIn(page, peil.url, DEMO_OWNER);
  complaints = complaintsOf(page);
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** Addresses inside Peil that the open page links to and that `accepts` likes. */
async function linksOf(accepts = () => true) {
  const all = await page.locator("a[href]").evaluateAll((anchors) =>
    anchors.filter(({ origin }) => origin === location.origin).map((a) => a.pathname + a.search),
  );
  return [...new Set(all)].filter(accepts);
}

/** The first address that `from` links to and that looks like `pattern`. */
async function firstLink(from, pattern) {
  await page.goto(peil.url + from);
  const [found] = await linksOf((path) => pattern.test(path));
  assert.ok(found, `${from} links to ${pattern}`);
  return found;
}

/** Opens or closes everything that folds. */
async function fold(isOpen) {
  await page.evaluate((open) => {
    for (const details of document.querySelectorAll("details")) details.open = open;
  }, isOpen);
}

/** Remembers one address of every shape: the same page of another person is the same shape. */
async function remember() {
  for (const path of await linksOf()) {
    const { pathname, searchParams } = new URL(path, peil.url);
    const names = [...new Set(searchParams.keys())].sort().join("&");
    const shape = `${pathname.replace(UUID, ":id")}?${names}`;
    if (!links.has(shape)) links.set(shape, path);
  }
}

/** Checks one page as it is, unfolded, and on a phone. */
async function check(path, status = 200) {
  complaints.length = 0;
  const answer = await page.goto(peil.url + path);
  assert.equal(answer.status(), status, path);
  if (status === 200) await remember();
  await checkAxe(page, path);
  await fold(true);
  await checkAxe(page, `${path}, unfolded`);
  await fold(false);
  await page.setViewportSize({ width: 360, height: 740 });
  await checkWidth(page, `${path} at 360 px`);
  await page.setViewportSize({ width: 1280, height: 720 });
  const allowed = status === 200 ? complaints : complaints.filter((text) => !text.includes("404"));
  assert.deepEqual(allowed, [], `${path} complains`);
}

const PATHS = [
  "/", "/surveys", "/surveys/new", "/audience", "/audience/new", "/audience/segments",
  "/audience/segments/new", "/audience/attributes", "/audience/accounts", "/outreach",
  "/outreach/new", "/responses", "/results", "/imports", "/imports/new?kind=contacts",
  "/imports/new?kind=answers", "/settings", "/settings/look", "/settings/people",
  "/settings/mail", "/settings/asking", "/settings/tokens", "/settings/audit", "/account",
];

for (const path of PATHS) {
  test(`${path} is in order`, () => check(path));
}

/** Pages of one thing: from which page, the first link of which shape. */
const FIRST = {
  "a template": ["/surveys/new", /^\/surveys\/new\/[a-z-]+$/],
  "someone's page": ["/audience", /^\/audience\/[0-9a-f-]{36}$/],
  "a segment": ["/audience/segments", /^\/audience\/segments\/[0-9a-f-]{36}$/],
  "the people of a segment": ["/audience/segments", /^\/audience\?segment=/],
  "one wave": ["/outreach", /^\/outreach\/[0-9a-f-]{36}$/],
  "one answer": ["/responses", /^\/responses\/[0-9a-f-]{36}/],
  "one colleague": ["/settings/people", /^\/settings\/people\/[0-9a-f-]{36}$/],
};

for (const [name, [from, pattern]] of Object.entries(FIRST)) {
  test(`${name} is in order`, async () => check(await firstLink(from, pattern)));
}

test("changing someone is in order", async () => {
  await check(`${await firstLink("/audience", /^\/audience\/[0-9a-f-]{36}$/)}/edit`);
});

test("those whom a wave asked are in order", async () => {
  await page.goto(`${peil.url}/outreach`);
  const waves = await linksOf((path) => /^\/outreach\/[0-9a-f-]{36}$/.test(path));
  // A wave that is a draft asked nobody yet; the oldest did.
  await check(await firstLink(waves.at(-1), /\/invitations/));
});

test("every page of a questionnaire is in order", async (t) => {
  const survey = await firstLink("/surveys", /^\/surveys\/[0-9a-f-]{36}$/);
  await page.goto(peil.url + survey);
  const tabs = await linksOf((path) => path.startsWith(`${survey}/`) && !path.includes("?"));
  assert.ok(tabs.length >= 3, tabs.join(" "));
  const question = await firstLink(survey, /[?&]open=/);
  for (const path of [survey, question, `${survey}/publish`, ...tabs]) {
    await t.test(`${path.replace(survey, "")} of it`, () => check(path));
  }
});

test("the figures of every questionnaire are in order, filtered and by week, month, quarter", async (t) => {
  await page.goto(`${peil.url}/results`);
  const surveys = await linksOf((path) => /^\/results\?survey=[^&]+$/.test(path));
  assert.ok(surveys.length >= 2, surveys.join(" "));
  for (const survey of surveys) {
    await t.test(`${survey} is in order`, () => check(survey));
    await page.goto(peil.url + survey);
    const buckets = page.getByRole("group", { name: "Stappen in de tijd" }).getByRole("link");
    const hrefs = await buckets.evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    for (const href of new Set(hrefs)) await t.test(`${href} is in order`, () => check(href));
  }
  const [first] = surveys;
  await page.goto(peil.url + first);
  await page.locator("summary.chip.is-add", { hasText: "Filter" }).click();
  const form = page.locator("form.popover-panel.is-scrolling");
  await fold(true);
  await form.locator("input[type=checkbox]").first().check();
  await form.locator("button[type=submit]").click();
  await page.locator("a.chip.is-on[aria-label]").waitFor();
  const { pathname, search } = new URL(page.url());
  await t.test(`${search} is in order`, () => check(pathname + search));
});

test("the pages about the results of a questionnaire are beside each other, by keyboard too", async (t) => {
  const survey = await firstLink("/results", /^\/results\?survey=[^&]+$/);
  await page.goto(peil.url + survey);
  const tabs = page.locator("nav.tabs a");
  const hrefs = await tabs.evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.ok(hrefs.length >= 4, hrefs.join(" "));
  for (const href of hrefs) await t.test(`${href} is in order`, () => check(href));
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(peil.url + hrefs.at(-1));
  const current = page.locator("nav.tabs a[aria-current=page]");
  await current.focus();
  await page.keyboard.press("Shift+Tab");
  const { x, width } = await page.locator("nav.tabs a:focus").boundingBox();
  assert.ok(x >= 0 && x + width <= 320, "what has the focus is scrolled into sight");
  await checkWidth(page, "the last page at 320 px");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname + url.search === hrefs.at(-2));
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("looking for words among the answers is in order, found or not", async () => {
  await check("/responses?search=fiets");
  await check("/responses?search=bestaat+vast+niet+ergens");
});

test("a page that is not there says so kindly", () => check("/bestaat-niet", 404));

test("no page links to one that is not there", async () => {
  assert.ok(links.size > 40, `${links.size} kinds of links`);
  const dead = [];
  for (const path of links.values()) {
    const answer = await page.request.get(peil.url + path);
    if (answer.status() >= 400) dead.push(`${answer.status()} ${path}`);
  }
  assert.deepEqual(dead, []);
});

test("the whole menu can be reached on a phone", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(peil.url);
  await page.locator(".dock-more summary").click();
  await page.locator(".dock-sheet").getByRole("link", { name: "Instellingen" }).click();
  await page.waitForURL(`${peil.url}/settings`);
  await page.setViewportSize({ width: 1280, height: 720 });
});
