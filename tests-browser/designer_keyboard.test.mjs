/**
 * A questionnaire from template to published without ever touching the mouse, on a desk and on a phone
 * with a keyboard: a better question, a new one, another order, a condition, a look, a try and
 * publishing. At every stop nothing is found by axe, nothing sticks out, and the focus is never lost.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkAxe, checkWidth, complaintsOf, setUp, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

/** Most presses of Tab from one thing to the next. */
const MOST_TABS = 90;

let peil;
let browser;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  const page = await visitor(browser);
  await setUp(page, peil.url);
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** Somebody who has only a keyboard. */
class Typist {
  constructor(page) {
    this.page = page;
    /** Keys that were pressed, without those of words. */
    this.presses = 0;
  }

  async press(key) {
    this.presses += 1;
    await this.page.keyboard.press(key);
  }

  /** Presses Tab until `selector` has the focus. */
  async to(selector) {
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await this.isAt(selector)) return;
      await this.press("Tab");
    }
    assert.fail(`the focus did not come to ${selector}, but to ${await this.where()}`);
  }

  async go(selector) {
    await this.to(selector);
    await this.press("Enter");
  }

  async write(selector, words) {
    await this.to(selector);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(words);
  }

  isAt(selector) {
    return this.page.evaluate((wanted) => Boolean(document.activeElement?.matches(wanted)), selector);
  }

  where() {
    return this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  }

  /** Waits until the focus is there where `selector` says, by itself. */
  async keeps(selector, what) {
    await this.page
      .waitForFunction((wanted) => document.activeElement?.matches(wanted), selector)
      .catch(async () => assert.fail(`${what}: the focus is at ${await this.where()}`));
  }

  async saved() {
    await this.page.waitForFunction(() => document.querySelector("[data-state]")?.textContent === "Opgeslagen.");
  }

  /** What was told to a screen reader last. */
  said(words) {
    return this.page.waitForFunction(
      (wanted) => document.getElementById("designer-said").textContent.includes(wanted), words,
    );
  }

  async stop(what) {
    await checkAxe(this.page, what);
    await checkWidth(this.page, what);
  }
}

/** From the list of questionnaires to the editor of a new one. */
async function begin(typist, name) {
  const { page } = typist;
  await page.goto(`${peil.url}/surveys`);
  await typist.go('main a[href="/surveys/new"]');
  await page.waitForURL(/\/surveys\/new$/);
  await typist.stop("the templates");
  await typist.go('a[href="/surveys/new/kto-kort"]');
  await page.waitForURL(/kto-kort$/);
  await typist.stop("a template");
  await typist.write("main [name=name]", name);
  await typist.press("Enter");
  await page.waitForURL(/\/surveys\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

/** Makes a question better with what the reviewer proposes. */
async function improve(typist) {
  const { page } = typist;
  await typist.go("#q-waarom a");
  await typist.keeps("#designer-title", "opening a question");
  await typist.write("#text-nl", "Hoe geweldig vond je onze website?");
  await page.locator("#findings-text-nl mark", { hasText: "geweldig" }).waitFor();
  await typist.saved();
  await typist.stop("a question with a finding");
  await typist.go("#findings-text-nl button[name=take]");
  await page.waitForFunction(() => document.querySelector("#text-nl").value === "Wat vond je van onze website?");
  await typist.keeps("#text-nl", "taking over a proposal");
}

/** Adds a choice with three options, of which one is moved and one taken out. */
async function add(typist) {
  const { page } = typist;
  await typist.go("#designer-main a[href*='part=add']");
  await page.locator(".palette-kind").first().waitFor();
  await typist.keeps("#designer-title", "opening the palette");
  await typist.stop("the palette");
  await typist.go(".palette-kind[value=choice]");
  await page.locator("#text-nl").waitFor();
  await typist.keeps("#designer-title", "adding a question");
  await typist.write("#text-nl", "Waarvoor kwam je?");
  await typist.write("#text-en", "What did you come for?");
  await typist.saved();
  const options = () => page.locator('.option .field-input[name="label.nl"]').count();
  const before = await options();
  await typist.go("button[value=add-option]");
  await page.waitForFunction((n) => document.querySelectorAll('.option .field-input[name="label.nl"]').length === n, before + 1);
  await typist.keeps(".option:last-child .field-input", "adding an option");
  await page.keyboard.type("Advies");
  await typist.saved();
  const last = await options() - 1;
  await typist.go(`button[value="up:${last}"]`);
  await typist.keeps(`button[value="up:${last - 1}"]`, "moving an option");
  assert.equal(await page.locator('.option .field-input[name="label.nl"]').nth(last - 1).inputValue(), "Advies");
  await typist.go(`button[value="remove:${last}"]`);
  await typist.keeps(`button[value="remove:${last - 1}"]`, "taking an option out");
  const labels = page.locator(".option .field-input");
  const count = await labels.count();
  for (let at = 0; at < count; at += 1) {
    const id = await labels.nth(at).getAttribute("id");
    const field = `#${id.replace(/([:.])/g, "\\$1")}`;
    if (await labels.nth(at).inputValue() === "") {
      // Backwards, since what was taken out stood at the end.
      for (let tabs = 0; tabs < MOST_TABS && !(await typist.isAt(field)); tabs += 1) await typist.press("Shift+Tab");
      await page.keyboard.type(`Keuze ${at + 1}`);
      await typist.to("button[value=add-option]");
    }
  }
  await typist.saved();
  await typist.stop("a choice");
  return /open=([^&#]+)/.exec(page.url())[1];
}

/** Brings a question to the front with its own buttons, and tells where it stands. */
async function reorder(typist, key) {
  const { page } = typist;
  const place = () => page.evaluate((of) => [...document.querySelectorAll(".outline-question")].findIndex((item) => item.id === `q-${of}`), key);
  const tool = (way) => `#designer-main .question-tools button[value=${way}]`;
  for (let tabs = 0; tabs < MOST_TABS && !(await typist.isAt(tool("up"))); tabs += 1) await typist.press("Shift+Tab");
  for (let at = await place(); at > 0; at -= 1) {
    await typist.press("Enter");
    await typist.said(`plek ${at} van`);
    await typist.keeps(at > 1 ? tool("up") : tool("down"), "moving a question");
  }
  assert.equal(await place(), 0);
  await typist.press("Enter");
  await typist.said("plek 2 van");
  await typist.keeps(tool("down"), "moving a question back");
}

/** Asks a question of some only, by a condition. */
async function condition(typist, key) {
  const { page } = typist;
  await typist.go("#designer-main a[href*='/logic/question.']");
  await page.waitForURL(/\/logic\/question\./);
  await typist.to("#new-subject");
  await typist.press("Tab");
  await typist.press("Enter");
  await typist.keeps("#how-0", "adding a condition");
  await typist.press("Tab");
  await page.keyboard.press("6");
  await page.locator("#condition-said", { hasText: "6 of lager" }).waitFor();
  await typist.stop("a condition");
  await typist.go("main form .form-end button[value=save]");
  await page.waitForURL((address) => !address.pathname.includes("/logic/"));
  await typist.press("Tab");
  assert.ok(
    await page.evaluate((of) => document.activeElement.closest(`#q-${of}, #designer-main`) !== null, key),
    `coming back from a condition: ${await typist.where()}`,
  );
  await page.getByText("Alleen vragen als de NPS 6 of lager is.").waitFor();
}

/** Gives the questionnaire a colour by its code, and larger letters. */
async function look(typist, survey) {
  const { page } = typist;
  await typist.go(`.tabs a[href="${survey}/design"]`);
  await page.waitForURL(/\/design$/);
  await typist.stop("the look");
  await typist.to("input[name=whose]:checked");
  await page.keyboard.press("ArrowDown");
  await typist.write("#accent", "#7a1b4d");
  await page.locator("#design-contrast", { hasText: "Goed leesbaar" }).waitFor();
  await typist.to("input[name=text_size]:checked");
  await page.keyboard.press("ArrowRight");
  await typist.go('main form[action$="/design"] .form-end button:not([formmethod])');
  await page.waitForURL(/done=survey-look-saved/);
  await page.goto(`${peil.url}${survey}/preview`);
  assert.ok(await page.locator('link[href*="7a1b4d"]').count(), "the colour is shown");
  await page.goBack();
}

/** Tries it: answers as a customer would, to the end. */
async function attempt(typist, survey) {
  await typist.go(`.tabs a[href="${survey}"]`);
  await typist.page.waitForURL((address) => address.pathname === survey);
  // A phone shows one part at a time; the way to the try stands above the example.
  if (await typist.page.locator("#designer-switch").isVisible()) {
    await typist.go("#designer-switch a:nth-child(3)");
    await typist.page.locator("#designer-bar").waitFor();
  }
  await typist.to("a[target=_blank][href*='/try']");
  const [tab] = await Promise.all([typist.page.context().waitForEvent("page"), typist.press("Enter")]);
  tab.setDefaultTimeout(45_000);
  await tab.waitForLoadState();
  const customer = new Typist(tab);
  for (let sheet = 0; sheet < 6 && !(await tab.locator("[data-done]").count()); sheet += 1) {
    await customer.stop(`page ${sheet + 1} as a customer`);
    const groups = await tab.locator("main form input[type=radio]").evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
    for (const name of groups) {
      const radio = `input[type=radio][name="${name}"]`;
      if (!(await tab.locator(radio).first().isVisible())) continue;
      await customer.to(radio);
      await tab.keyboard.press("Space");
    }
    const url = tab.url();
    await customer.to("main form button.go");
    await Promise.all([tab.waitForEvent("domcontentloaded"), customer.press("Enter")]);
    assert.ok(url, "a page came back");
  }
  assert.ok(await tab.locator("[data-done]").count(), "the end is reached");
  await tab.close();
}

/** Puts it live, by the checklist. */
async function publish(typist, survey) {
  const { page } = typist;
  await typist.go(`main a[href="${survey}/publish"]`);
  await page.waitForURL(/\/publish$/);
  await typist.stop("the checklist");
  await typist.go('main form[action$="/publish"] button');
  await page.waitForURL(/\/share/);
  await typist.stop("sharing");
}

for (const [where, viewport] of [
  ["on a desk", { width: 1440, height: 900 }],
  ["on a phone with a keyboard", { width: 360, height: 740 }],
]) {
  test(`a questionnaire is made better and put live by keyboard alone, ${where}`, { timeout: 240_000 }, async () => {
    const page = await visitor(browser, { bypassCSP: false, viewport });
    const complaints = complaintsOf(page);
    await signIn(page, peil.url);
    const typist = new Typist(page);
    const survey = await begin(typist, `Toetsen ${where}`);
    await typist.stop("the editor");
    await improve(typist);
    const key = await add(typist);
    await reorder(typist, key);
    await condition(typist, key);
    await look(typist, survey);
    await attempt(typist, survey);
    await publish(typist, survey);
    assert.deepEqual(complaints, []);
    // Half an hour for who needs two seconds for each.
    assert.ok(typist.presses < 900, `${typist.presses} keys were needed`);
    await page.context().close();
  });
}
