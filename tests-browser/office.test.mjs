/**
 * A colleague's first day, from an empty data folder to the first answer: set up, make and change
 * a questionnaire, publish and share it, see the answer come in; and the settings.
 *
 * The tests build on each other and run in order.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  OWNER, checkAxe, checkWidth, complaintsOf, setUp, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let browser;
let page;
let complaints;
/** Path of the questionnaire. */
let survey;
/** Its address for customers. */
let link;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  page = await visitor(browser, { bypassCSP: false });
  complaints = complaintsOf(page);
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** The example of the questionnaire beside the editor. */
function preview() {
  return page.frameLocator("iframe");
}

/** Waits until the editor says that it saved what `action` changed. */
async function saved(action) {
  const said = page.locator("#designer-said");
  await said.evaluate((element) => { element.textContent = ""; });
  await action();
  await page.waitForFunction(() => {
    const element = document.getElementById("designer-said");
    return element?.textContent === element?.dataset.saved;
  });
}

/** Texts of the questions in the outline, in order. */
function outline() {
  return page.locator(".outline-ask").allInnerTexts();
}

test("the first visit leads to the wizard, which passes axe and keeps what was typed", async () => {
  await page.goto(peil.url);
  assert.equal(new URL(page.url()).pathname, "/set-up");
  await checkAxe(page, "the wizard");
  await page.setViewportSize({ width: 320, height: 640 });
  await checkWidth(page, "the wizard at 320 px");
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.locator("[name=organisation]").fill("Testwinkel");
  await page.locator("[name=name]").fill("Sanne de Boer");
  await page.locator("[name=email]").fill(OWNER.email);
  await page.locator("[name=password]").fill("kort");
  await page.locator("main form button[type=submit]").click();
  await page.getByRole("alert").waitFor();
  assert.equal(await page.locator("[name=organisation]").inputValue(), "Testwinkel");
  await checkAxe(page, "the wizard with an error");
  await setUp(page, peil.url);
  assert.equal(new URL(page.url()).pathname, "/surveys/new", "the next step is a questionnaire");
});

test("a colleague makes a questionnaire from the gallery", async () => {
  await page.getByRole("link", { name: "NPS met waarom" }).click();
  await page.waitForURL(/\/surveys\/new\/nps-waarom/);
  await checkAxe(page, "a template");
  await page.locator("main [name=name]").fill("Najaar");
  await page.getByRole("button", { name: "Vragenlijst maken" }).click();
  await page.waitForURL(/\/surveys\/[0-9a-f-]{36}\/start/);
  const step = page.locator(".stepper [aria-current=step]");
  assert.equal(await step.innerText(), "Eerste antwoorden");
  await checkAxe(page, "the last step of the wizard");
  await page.getByRole("link", { name: "Eerst de vragen aanpassen" }).click();
  await page.waitForURL(/\/surveys\/[0-9a-f-]{36}$/);
  survey = new URL(page.url()).pathname;
  await preview().getByRole("heading", { level: 1 }).waitFor();
  await checkAxe(page, "the editor");
});

test("a changed title is seen in the example at once", async () => {
  await page.getByRole("link", { name: "Titel, inleiding en bedankje" }).click();
  await page.locator("#title-nl").fill("Hoe was het in de winkel?");
  await page.locator("#title-en").fill("How was the shop?");
  await checkAxe(page, "the editor with texts open");
  await saved(() => page.locator("#designer-main form").getByRole("button", { name: "Opslaan" }).click());
  await preview().getByText("Hoe was het in de winkel?").waitFor();
});

test("a colleague adds a question with three answers and sees it in both languages", async () => {
  const before = (await outline()).length;
  await page.locator(".outline-add").first().click();
  await page.locator('button[name=kind][value=choice]').click();
  await page.locator("#text-nl").fill("Welke winkel?");
  await page.locator("#text-en").fill("Which shop?");
  const form = page.locator("form.question-body");
  await saved(() => form.getByRole("button", { name: "Antwoord toevoegen" }).click());
  const words = [["Utrecht", "Utrecht"], ["Zwolle", "Zwolle"], ["Anders", "Another"]];
  await page.waitForFunction(() => document.querySelectorAll(".option").length === 3);
  for (const [place, [nl, en]] of words.entries()) {
    const option = page.locator(".option").nth(place);
    await option.locator('[name="label.nl"]').fill(nl);
    await option.locator('[name="label.en"]').fill(en);
  }
  await checkAxe(page, "the editor with a question open");
  await saved(() => form.getByRole("button", { name: "Opslaan", exact: true }).last().click());
  assert.equal((await outline()).length, before + 1);
  await preview().getByText("Welke winkel?").waitFor();
  await preview().getByText("Zwolle").waitFor();
  const languages = page.getByRole("group", { name: "Taal van het voorbeeld" });
  await languages.getByRole("link").nth(1).click();
  await preview().getByText("Which shop?").waitFor();
  await preview().getByText("Another").waitFor();
  await languages.getByRole("link").nth(0).click();
  await preview().getByText("Welke winkel?").waitFor();
});

test("the example shows a phone or a screen", async () => {
  const devices = page.locator(".is-device-choice");
  await page.locator(".device.is-phone").waitFor();
  await devices.getByRole("link").nth(1).click();
  await page.locator(".device.is-desktop").waitFor();
  await devices.getByRole("link").nth(0).click();
  await page.locator(".device.is-phone").waitFor();
});

test("a question moves up with the keyboard, and focus stays on the button", async () => {
  const before = await outline();
  assert.equal(before.at(-1), "Welke winkel?");
  const up = page.getByRole("button", { name: `Vraag ${before.length} omhoog` });
  await up.focus();
  await page.keyboard.press("Enter");
  await page.locator(".outline-ask").nth(before.length - 2).filter({ hasText: "Welke winkel?" }).waitFor();
  const told = page.locator("#designer-said", { hasText: `op plek ${before.length - 1} van ${before.length}` });
  await told.waitFor({ state: "attached" });
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assert.equal(focused, `Vraag ${before.length - 1} omhoog`, "one can go on pressing");
});

test("publishing lists what is in order and goes on to sharing", async () => {
  await page.goto(`${peil.url}${survey}`);
  await page.getByRole("link", { name: "Live zetten", exact: true }).click();
  await page.waitForURL(/\/publish$/);
  assert.equal(await page.locator(".checks li").count(), 2, "nothing was published before");
  await checkAxe(page, "the checklist");
  await page.getByRole("button", { name: "Live zetten" }).click();
  await page.waitForURL(/\/share/);
  link = await page.locator("#public-link").innerText();
  assert.match(link, /^http:\/\/.+\/s\/najaar$/);
  const drawn = await page.locator("img.qr").evaluate((image) => image.decode().then(() => true));
  assert.ok(drawn, "the QR code is a picture");
  await checkAxe(page, "sharing");
  for (const format of ["svg", "png"]) {
    const answer = await page.request.get(`${peil.url}${survey}/qr.${format}?download=1`);
    assert.match(answer.headers()["content-disposition"], /attachment/);
  }
});

test("a customer answers the public link, and the figures of one person stay hidden", async () => {
  const customer = await visitor(browser);
  await customer.goto(link);
  await customer.getByRole("heading", { name: "Hoe was het in de winkel?" }).waitFor();
  await customer.locator('label:has([name="nps"][value="9"])').click();
  await customer.locator("label", { hasText: "Zwolle" }).click();
  await customer.getByRole("button", { name: "Versturen" }).click();
  await customer.locator("[data-done]").waitFor();
  await customer.context().close();

  await page.goto(`${peil.url}/results?survey=najaar`);
  const tile = page.locator(".tile", { hasText: "Verborgen: van minder dan" });
  await tile.first().waitFor();
  assert.match(await tile.first().innerText(), /Geen cijfer/);
  await checkAxe(page, "figures of one answer");
});

test("the answer stands among the answers, with everything in it", async () => {
  await page.goto(`${peil.url}/responses`);
  const row = page.locator("table.is-stream tbody tr");
  assert.equal(await row.count(), 1);
  assert.match(await row.innerText(), /Najaar/);
  await row.locator("a.row-link").click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".answers").getByText("Zwolle").waitFor();
  await checkAxe(page, "one answer");
});

test("a colour that cannot be read is shown with a better one, and what is none is refused", async () => {
  await page.goto(`${peil.url}/settings/look`);
  await page.locator("#accent").fill("#ffee00");
  await page.getByRole("button", { name: "Opslaan" }).click();
  await page.getByText(/moet ten minste 4,5 zijn. Voorstel: #[0-9a-f]{6}/).waitFor();
  await page.locator("#accent").evaluate((input) => {
    input.type = "text";
    input.value = "geen kleur";
  });
  await page.locator("main form button[type=submit]").first().click();
  await page.getByRole("alert").getByText("Dit is geen kleur").waitFor();
  await checkAxe(page, "a refused colour");
  await page.goto(link);
  const style = await page.request.get(link);
  assert.ok(!(await style.text()).includes("geen kleur"));
});

test("an owner adds a colleague, who can sign in and see no settings", async () => {
  const who = { email: "joris@example.nl", password: "nog eens vier fietsen erbij" };
  await page.goto(`${peil.url}/settings/people`);
  await page.getByRole("button", { name: "Iemand toevoegen" }).click();
  await page.getByRole("alert").waitFor();
  await checkAxe(page, "a refused colleague");
  await page.locator("#name").fill("Joris Bakker");
  await page.locator("#email").fill(who.email);
  await page.locator("#password").fill(who.password);
  await page.locator('[name=role][value=viewer]').check();
  await page.getByRole("button", { name: "Iemand toevoegen" }).click();
  await page.getByRole("status").getByText("De collega is toegevoegd").waitFor();
  const colleague = await visitor(browser);
  await signIn(colleague, peil.url, who);
  assert.equal(await colleague.locator('.rail a[href="/settings"]').count(), 0);
  assert.equal((await colleague.goto(`${peil.url}/settings`)).status(), 403);
  await checkAxe(colleague, "a page that is not allowed");
  await colleague.context().close();
});

test("a token is shown once, works, and works no more after it is revoked", async () => {
  await page.goto(`${peil.url}/settings/tokens`);
  await page.locator("#name").fill("Webwinkel");
  await page.locator('[name=scopes][value="surveys:read"]').check();
  await page.locator('form[action="/settings/tokens"] button[type=submit]').click();
  const token = await page.locator("#new-token").innerText();
  await checkAxe(page, "a new token");
  const headers = { authorization: `Bearer ${token}` };
  const ask = () => fetch(`${peil.url}/api/v1/surveys`, { headers });
  assert.equal((await ask()).status, 200);
  await page.goto(`${peil.url}/settings/tokens`);
  assert.equal(await page.locator("#new-token").count(), 0);
  await page.locator('form[action$="/revoke"] button').click();
  await page.getByRole("status").getByText("Het token is ingetrokken").waitFor();
  assert.equal((await ask()).status, 401);
});

test("a mail server that does not answer is named on the page", async () => {
  await page.goto(`${peil.url}/settings/mail`);
  await page.locator("#host").fill("127.0.0.1");
  await page.locator("#port").fill("1");
  await page.locator("#security").selectOption("none");
  await page.locator("#from_name").fill("Testwinkel");
  await page.locator("#from_address").fill("kto@testwinkel.example");
  await page.locator('form[action="/settings/mail"] button[type=submit]').click();
  await page.getByRole("status").waitFor();
  await page.locator('form[action="/settings/mail/test"] button').click();
  await page.getByRole("alert").waitFor();
  await checkAxe(page, "mail settings after a failed test");
});

test("a day at the office left no complaint in the console", () => {
  const unexpected = complaints.filter((text) => !/status of 4(03|22)/.test(text));
  assert.deepEqual(unexpected, []);
});
