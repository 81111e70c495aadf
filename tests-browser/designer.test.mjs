/**
 * The designer of questionnaires: from empty to published by keyboard alone, two people at once, what is
 * typed while the network is cut, small edits on a phone, and all of it without script.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  OWNER, checkAxe, checkWidth, complaintsOf, setUp, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

const COLLEAGUE = { email: "joris@example.nl", password: "nog eens vier fietsen erbij" };

let peil;
let browser;
let page;
let complaints;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  page = await visitor(browser, { bypassCSP: false });
  complaints = complaintsOf(page);
  await setUp(page, peil.url);
  await page.goto(`${peil.url}/settings/people`);
  await page.locator("#name").fill("Joris Bakker");
  await page.locator("#email").fill(COLLEAGUE.email);
  await page.locator("#password").fill(COLLEAGUE.password);
  await page.locator("[name=role][value=analyst]").check();
  await page.getByRole("button", { name: "Iemand toevoegen" }).click();
  await page.getByRole("status").first().waitFor();
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** Makes a questionnaire; its address. */
async function make(template, name) {
  await page.goto(`${peil.url}/surveys/new/${template}`);
  await page.locator("main [name=name]").fill(name);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/surveys\/[0-9a-f-]{36}/);
  return peil.url + new URL(page.url()).pathname.replace(/\/start$/, "");
}

/** Presses Tab until something with this accessible text or id has the focus. */
async function tabTo(selector) {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`the focus never came to ${selector}`);
}

/** Waits until what was typed is saved by itself. */
async function savedByItself(of = page) {
  await of.waitForFunction(() => document.querySelector("[data-state]")?.textContent === "Opgeslagen.");
}

function questions(of = page) {
  return of.locator(".outline-ask").allInnerTexts();
}

test("a questionnaire is made by keyboard alone, from empty to published", async () => {
  const survey = await make("leeg", "Toetsenbord");
  await page.goto(survey);
  await checkAxe(page, "an empty questionnaire");
  await tabTo("#o-texts a");
  await page.keyboard.press("Enter");
  await page.locator("#title-nl").waitFor();
  await tabTo("#title-nl");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Hoe was het?");
  await tabTo("#title-en");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("How was it?");
  await savedByItself();

  for (const kind of ["nps", "text"]) {
    await page.keyboard.press("Escape");
    await tabTo(".outline-add");
    await page.keyboard.press("Enter");
    await page.locator(".palette-kind").first().waitFor();
    if (kind === "nps") await checkAxe(page, "the palette");
    await tabTo(`.palette-kind[value=${kind}]`);
    await page.keyboard.press("Enter");
    await page.locator("#text-nl").waitFor();
  }
  await tabTo("#text-nl");
  await page.keyboard.type("Wat is de belangrijkste reden?");
  await tabTo("#text-en");
  await page.keyboard.type("What is the main reason?");
  await savedByItself();
  await checkAxe(page, "an open question");
  assert.equal((await questions()).length, 2);

  // Moved by key in the outline, and back again by taking it back.
  await page.keyboard.press("Escape");
  const first = await questions();
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction((text) => document.querySelector(".outline-ask").textContent === text, first[1]);
  assert.match(await page.locator("#designer-said").innerText(), /plek 1 van 2/);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".outline-question a")), "the focus moves along");
  await page.keyboard.press("Control+z");
  await page.waitForFunction((text) => document.querySelector(".outline-ask").textContent === text, first[0]);
  await page.keyboard.press("Control+Shift+z");
  await page.waitForFunction((text) => document.querySelector(".outline-ask").textContent === text, first[1]);
  await page.reload();
  assert.deepEqual(await questions(), first.toReversed(), "taking back survives a reload");

  await tabTo('a[href$="/publish"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/publish$/);
  await tabTo('main form[action$="/publish"] button');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/share/);
});

test("a question is dragged, and back and forward lead through what was open", async () => {
  const survey = await make("kto-kort", "Slepen");
  await page.goto(survey);
  const before = await questions();
  const items = page.locator(".outline-question");
  const [from, to] = [await items.nth(0).boundingBox(), await items.nth(1).boundingBox()];
  await page.mouse.move(from.x + 100, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(from.x + 100, from.y + 30, { steps: 5 });
  await page.mouse.move(to.x + 100, to.y + 20, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction((text) => document.querySelectorAll(".outline-ask")[1].textContent === text, before[0]);
  await items.nth(0).locator("a").click();
  await page.getByRole("heading", { name: "Vraag 1" }).waitFor();
  await items.nth(1).locator("a").click();
  await page.getByRole("heading", { name: "Vraag 2" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Vraag 1" }).waitFor();
  await page.goForward();
  await page.getByRole("heading", { name: "Vraag 2" }).waitFor();
});

test("what the reviewer says stands beside the field as one types, and is taken over in one press", async () => {
  const survey = await make("kto-kort", "Meedenker");
  await page.goto(`${survey}?open=waarom`);
  await page.locator("#text-nl").fill("Hoe geweldig vond je onze website?");
  await page.locator("#findings-text-nl mark", { hasText: "geweldig" }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.id === "text-nl"), "who types is not disturbed");
  await checkAxe(page, "a question with a finding");
  await page.getByRole("button", { name: "Gebruik deze tekst" }).first().click();
  await page.waitForFunction(() => document.querySelector("#text-nl").value === "Wat vond je van onze website?");
  assert.equal(await page.locator("#findings-text-nl mark").count(), 0);
});

test("two people design at once: other things go together, the same thing is chosen", async () => {
  const survey = await make("kto-kort", "Samen");
  const colleague = await visitor(browser, { bypassCSP: false });
  await signIn(colleague, peil.url, COLLEAGUE);
  await page.goto(`${survey}?open=nps`);
  await colleague.goto(`${survey}?open=waarom`);
  await colleague.locator("#text-nl").fill("Vertel eens waarom?");
  await savedByItself(colleague);
  await page.locator("#text-nl").fill("Zou je ons aanraden?");
  await page.getByText("Joris Bakker: vraag veranderd").waitFor();
  const both = await questions();
  assert.ok(both.includes("Vertel eens waarom?") && both.includes("Zou je ons aanraden?"), String(both));

  await colleague.goto(`${survey}?open=nps`);
  await page.goto(`${survey}?open=nps`);
  await colleague.locator("#text-nl").fill("Van Joris");
  await savedByItself(colleague);
  await page.locator("#text-nl").fill("Van Sanne");
  await page.locator(".clash").waitFor();
  assert.equal(await page.locator("#text-nl").inputValue(), "Van Sanne", "nothing that was typed is lost");
  await page.locator(".clash").getByText("Van Joris").waitFor();
  await checkAxe(page, "a choice between two texts");
  await page.locator(".clash").getByLabel("Die van je collega").check();
  await page.getByRole("button", { name: "Opslaan", exact: true }).last().click();
  await page.waitForFunction(() => document.querySelector("#text-nl")?.value === "Van Joris");
  await colleague.context().close();
});

test("what is typed while the network is cut or after signing out is kept and saved later", async () => {
  const survey = await make("kto-kort", "Weg");
  await page.goto(`${survey}?open=waarom`);
  await page.context().setOffline(true);
  await page.locator("#text-nl").fill("Getypt zonder netwerk");
  await page.locator(".save-state.is-failed").waitFor();
  await checkAxe(page, "a question that is not saved");
  await page.context().setOffline(false);
  await savedByItself();
  await page.reload();
  assert.equal(await page.locator("#text-nl").inputValue(), "Getypt zonder netwerk");

  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.locator("#text-nl").fill("Getypt na het uitloggen");
  await page.getByText(/Je bent uitgelogd/).first().waitFor();
  page.once("dialog", (dialog) => dialog.accept());
  await page.context().addCookies(cookies);
  await page.reload();
  await page.getByText("Hier staat nog tekst die niet is opgeslagen").waitFor();
  await checkAxe(page, "words that were kept");
  await page.getByRole("button", { name: "Zet terug" }).click();
  assert.equal(await page.locator("#text-nl").inputValue(), "Getypt na het uitloggen");
  await savedByItself();
});

test("a phone shows outline, question or example, and small edits work", async () => {
  const survey = await make("kto-kort", "Telefoon");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(survey);
  await checkWidth(page, "the outline at 360 px");
  await checkAxe(page, "the outline at 360 px");
  assert.equal(await page.locator(".device").isVisible(), false);
  await page.locator(".outline-question a").first().click();
  await page.locator("#text-nl").waitFor();
  assert.equal(await page.locator("#designer-outline").isVisible(), false);
  await checkWidth(page, "a question at 360 px");
  await page.locator("#text-nl").fill("Kort aangepast?");
  await savedByItself();
  await page.locator("#designer-switch").getByRole("link", { name: "Voorbeeld" }).click();
  await page.frameLocator("iframe").getByText("Kort aangepast?").waitFor();
  await checkWidth(page, "the example at 360 px");
  await checkAxe(page, "the example at 360 px");
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("without script everything is done by forms and links", async () => {
  const survey = await make("leeg", "Zonder script");
  const plain = await visitor(browser, { javaScriptEnabled: false });
  await signIn(plain, peil.url, OWNER);
  await plain.goto(survey);
  await plain.locator(".outline-add").first().click();
  await plain.locator(".palette-kind[value=nps]").click();
  await plain.locator("#text-nl").fill("Zou je ons aanraden?");
  await plain.getByRole("button", { name: "Opslaan", exact: true }).last().click();
  assert.deepEqual(await questions(plain), ["Zou je ons aanraden?"]);
  await plain.getByRole("button", { name: "Vraag 1 kopiëren" }).click();
  await plain.getByRole("button", { name: "Vraag 2 verwijderen" }).click();
  assert.equal((await questions(plain)).length, 1);
  await plain.getByRole("status").getByRole("button", { name: "Ongedaan maken" }).click();
  assert.equal((await questions(plain)).length, 2);
  await plain.context().close();
});

test("designing left no complaint in the console", () => {
  const unexpected = complaints.filter((text) => !/status of 4(09|22)|ERR_INTERNET_DISCONNECTED/.test(text));
  assert.deepEqual(unexpected, []);
});
